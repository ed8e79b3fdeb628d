package io.yardmaster.calendar;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Gathers the days of a file, no more than a calendar may have. */
final class FoundDays {
    private static final int MOST_REMARKS = 20;
    /** Also days that are named again and again: reading ends in bounded time. */
    private static final int MOST_NAMINGS = 50_000;

    /** Names stay on one line. */
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final String BETWEEN_NAMES = " / ";

    private final SortedMap<LocalDate, String> holidays = new TreeMap<>();
    private final SortedMap<LocalDate, String> workdays = new TreeMap<>();
    private final List<Said> remarks = new ArrayList<>();
    private int unsaid;
    private int namings;

    /**
     * @param line where the day is named
     * @throws Invalid if it cannot be one of a calendar's days
     */
    void add(LocalDate day, String name, boolean works, int line) {
        if (day.isBefore(CalendarRules.EARLIEST) || day.isAfter(CalendarRules.LATEST)) {
            throw new Invalid(
                    HolidayFile.FIELD,
                    day,
                    "invalid.import.day",
                    line,
                    day,
                    CalendarRules.EARLIEST,
                    CalendarRules.LATEST);
        }
        if ((works ? holidays : workdays).containsKey(day)) {
            throw new Invalid(HolidayFile.FIELD, day, "invalid.import.both", line, day);
        }
        SortedMap<LocalDate, String> days = works ? workdays : holidays;
        days.merge(day, shortened(BLANKS.matcher(name.strip()).replaceAll(" ")), FoundDays::both);
        namings++;
        if (days.size() > CalendarRules.MOST_DAYS || namings > MOST_NAMINGS) {
            throw new Invalid(HolidayFile.FIELD, null, "invalid.import.days", line, CalendarRules.MOST_DAYS);
        }
    }

    void remark(String key, Object... arguments) {
        if (remarks.size() < MOST_REMARKS) {
            remarks.add(Said.of(key, arguments));
        } else {
            unsaid++;
        }
    }

    ImportedDays all() {
        if (unsaid > 0) {
            remarks.add(Said.of("import.more-remarks", unsaid));
        }
        if (holidays.isEmpty() && workdays.isEmpty() && remarks.isEmpty()) {
            throw new Invalid(HolidayFile.FIELD, null, "invalid.import.no-days");
        }
        return new ImportedDays(holidays, workdays, remarks);
    }

    private static String both(String one, String other) {
        boolean known =
                other.isEmpty() || Arrays.asList(one.split(BETWEEN_NAMES, -1)).contains(other);
        return known ? one : shortened(one.isEmpty() ? other : one + BETWEEN_NAMES + other);
    }

    private static String shortened(String name) {
        if (name.codePointCount(0, name.length()) <= CalendarRules.NAME_LIMIT) {
            return name;
        }
        return name.substring(0, name.offsetByCodePoints(0, CalendarRules.NAME_LIMIT - 1)) + "…";
    }
}

package io.yardmaster.timetable;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which days of a period are meant. */
interface DayPick {
    /**
     * {@code day 15} (the last, where the period has fewer), {@code last day}, {@code second working day}, {@code last friday}.
     */
    Pattern PLACED = Pattern.compile("(?:THE )?(FIRST|SECOND|THIRD|FOURTH|FIFTH|LAST) (DAY|WORKING DAY|[A-Z]+DAY)");

    Pattern NUMBERED = Pattern.compile("DAY ([0-9]{1,3})");

    List<String> PLACES = List.of("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH");

    /** In order; none if the period has no such day. */
    List<LocalDate> in(LocalDate start);

    /**
     * @param text what stands behind {@code on}; null for the same day as {@code from}
     * @throws BadTimetable if it names no day of that unit
     */
    static DayPick parse(PeriodUnit unit, String text, LocalDate from, String expression, WorkingDays working) {
        if (unit == PeriodUnit.DAY) {
            if (text != null) {
                throw LocalDates.bad(expression, "invalid.dates.of-day");
            }
            return List::of;
        }
        if (text == null) {
            return sameAs(unit, from);
        }
        if (unit == PeriodUnit.WEEK) {
            return weekdays(text, expression);
        }
        Matcher numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            return numbered(unit, Integer.parseInt(numbered.group(1)), expression);
        }
        Matcher placed = PLACED.matcher(text);
        if (!placed.matches()) {
            throw LocalDates.bad(expression, "invalid.dates.pick", text.toLowerCase(Locale.ROOT));
        }
        return placed(unit, PLACES.indexOf(placed.group(1)), kind(placed.group(2), expression, working));
    }

    private static DayPick sameAs(PeriodUnit unit, LocalDate from) {
        if (unit == PeriodUnit.YEAR) {
            return start -> List.of(from.withYear(start.getYear()));
        }
        long offset = ChronoUnit.DAYS.between(unit.start(from, 0), from);
        return start -> List.of(earlier(start.plusDays(offset), unit.end(start)));
    }

    private static DayPick numbered(PeriodUnit unit, int number, String expression) {
        int most = unit == PeriodUnit.MONTH ? 31 : 366;
        if (number < 1 || number > most) {
            throw LocalDates.bad(expression, "invalid.dates.day", number, most);
        }
        return start -> List.of(earlier(start.plusDays(number - 1L), unit.end(start)));
    }

    private static DayPick weekdays(String text, String expression) {
        Set<DayOfWeek> days = new TreeSet<>();
        for (String name : text.split("[, ]+", -1)) {
            days.add(weekday(name, expression));
        }
        return start ->
                days.stream().map(day -> start.plusDays(day.getValue() - 1L)).toList();
    }

    /** @param place from 0; -1 for the last */
    private static DayPick placed(PeriodUnit unit, int place, WorkingDays wanted) {
        return start -> {
            LocalDate end = unit.end(start);
            Stream<LocalDate> days = place < 0
                    ? Stream.iterate(end, day -> !day.isBefore(start), day -> day.minusDays(1))
                    : Stream.iterate(start, day -> !day.isAfter(end), day -> day.plusDays(1));
            return days.filter(wanted::isWorking)
                    .skip(Math.max(0, place))
                    .limit(1)
                    .toList();
        };
    }

    private static WorkingDays kind(String text, String expression, WorkingDays working) {
        if (text.equals("WORKING DAY")) {
            return working;
        }
        if (text.equals("DAY")) {
            return any -> true;
        }
        DayOfWeek weekday = weekday(text, expression);
        return day -> day.getDayOfWeek() == weekday;
    }

    private static DayOfWeek weekday(String name, String expression) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> name.length() >= 3 && day.name().startsWith(name))
                .findFirst()
                .orElseThrow(() -> LocalDates.bad(expression, "invalid.dates.weekday", name.toLowerCase(Locale.ROOT)));
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}

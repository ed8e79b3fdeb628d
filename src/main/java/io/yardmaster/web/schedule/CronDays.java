package io.yardmaster.web.schedule;

import io.yardmaster.database.Said;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Says the days and months of a cron expression.
 *
 * @param sunday what Sunday counts as: 0 or 1
 */
record CronDays(int sunday, Locale locale) {
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth", "fifth");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?){0,11}");
    private static final Pattern NEAREST = Pattern.compile("([0-9]{1,2})W");
    private static final Pattern PLACED = Pattern.compile("([A-Z]{3}|[1-7])(?:#([1-5])|L)");
    private static final int WORKING_DAYS = 5;

    Optional<Said> ofMonth(String field) {
        if (field.equals("L")) {
            return Optional.of(Said.of("schedule.words.month-end"));
        }
        if (field.equals("LW")) {
            return Optional.of(Said.of("schedule.words.month-end-working"));
        }
        Matcher nearest = NEAREST.matcher(field);
        if (nearest.matches()) {
            return Optional.of(Said.of("schedule.words.nearest", nearest.group(1)));
        }
        return NUMBERS.matcher(field).matches()
                ? Optional.of(Said.of(
                        "schedule.words.monthly", field.replace("-", "–").replace(",", ", ")))
                : Optional.empty();
    }

    Optional<Said> ofWeek(String field) {
        Matcher placed = PLACED.matcher(field);
        if (placed.matches() && day(placed.group(1)) >= 0) {
            String place = placed.group(2) == null ? "last" : PLACES.get(Integer.parseInt(placed.group(2)) - 1);
            return Optional.of(Said.of(
                    "schedule.words.placed-in-month", Said.of("schedule.place." + place), name(day(placed.group(1)))));
        }
        List<Integer> days = values(field, this::day);
        if (days.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> fromMonday =
                days.stream().map(day -> (day + 6) % 7).sorted().distinct().toList();
        if (fromMonday.size() == WORKING_DAYS && fromMonday.get(4) == 4) {
            return Optional.of(Said.of("schedule.words.working-days"));
        }
        List<String> names = fromMonday.stream().map(day -> name(day + 1)).toList();
        return Optional.of(Said.of("schedule.words.weekly", Names.joined(names, locale)));
    }

    /** Their names; a range of more than two stays a range. */
    Optional<String> months(String field) {
        List<String> names = new ArrayList<>();
        for (String item : field.split(",", -1)) {
            List<Integer> range = values(item, CronDays::month);
            if (range.isEmpty()) {
                return Optional.empty();
            }
            IntFunction<String> name = place -> Names.of(Month.of(range.get(place) + 1), locale);
            names.add(range.size() == 1 ? name.apply(0) : Names.range(name.apply(0), name.apply(range.size() - 1)));
        }
        return Optional.of(Names.joined(names, locale));
    }

    /** In order of the items; none if one of them cannot be read. */
    private static List<Integer> values(String field, ToIntFunction<String> value) {
        List<Integer> found = new ArrayList<>();
        for (String item : field.split(",", -1)) {
            String[] ends = item.split("-", -1);
            int from = value.applyAsInt(ends[0]);
            int to = value.applyAsInt(ends[ends.length - 1]);
            if (ends.length > 2 || from < 0 || to < from) {
                return List.of();
            }
            IntStream.rangeClosed(from, to).forEach(found::add);
        }
        return found;
    }

    private String name(int fromSunday) {
        return Names.of(DayOfWeek.SUNDAY.plus(fromSunday), locale);
    }

    /** Counted from 0 for Sunday, which may be 7 in crontab(5); -1 for what is no day. */
    private int day(String name) {
        if (name.matches("[0-7]")) {
            int number = Integer.parseInt(name) - sunday;
            return sunday == 1 && number > 6 ? -1 : number;
        }
        return DAYS.indexOf(name);
    }

    /** Counted from 0; -1 for what is none. */
    private static int month(String name) {
        return name.matches("[1-9]|1[0-2]") ? Integer.parseInt(name) - 1 : MONTHS.indexOf(name);
    }
}

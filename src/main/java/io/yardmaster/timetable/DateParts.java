package io.yardmaster.timetable;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the dates and times of day that a {@link LocalDates} expression names. */
final class DateParts {
    private DateParts() {}

    static LocalDate date(String text, String expression) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException none) {
            throw LocalDates.bad(expression, "invalid.dates.from", text);
        }
    }

    /** One time of day or more, a comma between. */
    static SortedSet<LocalTime> times(String text, String expression) {
        SortedSet<LocalTime> times = new TreeSet<>();
        for (String time : text.split(",", -1)) {
            try {
                times.add(LocalTime.parse(time.strip()));
            } catch (DateTimeException none) {
                throw LocalDates.bad(expression, "invalid.dates.time", time);
            }
        }
        return times;
    }
}

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
            throw LocalDates.bad(expression, "begins on '" + text + "'; right would be a date such as 2026-01-31");
        }
    }

    /** One time of day or more, a comma between. */
    static SortedSet<LocalTime> times(String text, String expression) {
        SortedSet<LocalTime> times = new TreeSet<>();
        for (String time : text.split(",", -1)) {
            try {
                times.add(LocalTime.parse(time.strip()));
            } catch (DateTimeException none) {
                throw LocalDates.bad(expression, "names the time '" + time + "'; right would be 18:00 or 18:00:30");
            }
        }
        return times;
    }
}

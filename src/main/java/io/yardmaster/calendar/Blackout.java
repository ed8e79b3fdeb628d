package io.yardmaster.calendar;

import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Hours of every day in which nothing starts, on the clock of the schedule's zone; past midnight if {@code to} is before
 * {@code from}.
 *
 * @param from the first moment of it
 * @param to the first moment after it
 */
public record Blackout(LocalTime from, LocalTime to) {
    /** As {@code 22:00-02:00}. */
    @Override
    public String toString() {
        return from + "-" + to;
    }

    boolean holds(LocalTime time) {
        boolean afterStart = !time.isBefore(from);
        boolean beforeEnd = time.isBefore(to);
        return from.isBefore(to) ? afterStart && beforeEnd : afterStart || beforeEnd;
    }

    /** The first moment after it, for a time that it holds. */
    LocalDateTime end(LocalDateTime time) {
        boolean nextDay = !to.isAfter(time.toLocalTime());
        return time.toLocalDate().plusDays(nextDay ? 1 : 0).atTime(to);
    }
}

package io.yardmaster.calendar;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * From when until when an event lasts, by its own clock.
 *
 * @param end the first moment after it
 */
record IcsSpan(LocalDateTime start, LocalDateTime end) {
    /** How many days it covers from midnight to midnight. */
    long days() {
        return Math.max(0, ChronoUnit.DAYS.between(from(start.toLocalDate()), end.toLocalDate()));
    }

    /** The first such day of the same span on another day. */
    LocalDate from(LocalDate day) {
        return start.toLocalTime().toSecondOfDay() == 0 ? day : day.plusDays(1);
    }
}

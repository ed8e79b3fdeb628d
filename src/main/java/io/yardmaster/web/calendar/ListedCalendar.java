package io.yardmaster.web.calendar;

import io.yardmaster.calendar.NamedCalendar;
import java.time.LocalDate;

/**
 * A calendar in a list.
 *
 * @param knownThrough the last day for which holidays were entered
 * @param days how many it names
 * @param schedules how many follow it and are switched on
 */
public record ListedCalendar(
        String namespace,
        String name,
        String description,
        boolean shared,
        LocalDate knownThrough,
        long days,
        long schedules) {
    /** How long its holidays are still known, as the page's words call it. */
    public String state(LocalDate today) {
        if (knownThrough.isBefore(today)) {
            return "over";
        }
        return today.plusDays(NamedCalendar.WARNING_DAYS).isBefore(knownThrough) ? "known" : "soon";
    }
}

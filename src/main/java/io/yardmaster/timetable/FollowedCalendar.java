package io.yardmaster.timetable;

import java.util.Objects;

/**
 * Which calendar a timetable goes by, and how.
 *
 * @param id of the calendar; what it says is asked for elsewhere
 * @param rule what becomes of instants that it does not allow
 */
public record FollowedCalendar(long id, CalendarRule rule) {
    public FollowedCalendar {
        Objects.requireNonNull(rule, "rule");
    }
}

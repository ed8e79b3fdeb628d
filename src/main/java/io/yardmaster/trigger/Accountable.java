package io.yardmaster.trigger;

import io.yardmaster.timetable.Timetable;
import java.time.Instant;

/**
 * A schedule whose account is asked for.
 *
 * @param delay whether its instants are told by its runs alone
 * @param pausedFrom as {@link Schedule#pausedFrom}
 */
public record Accountable(long schedule, long job, boolean delay, Instant pausedFrom) {
    public static Accountable of(Schedule schedule) {
        boolean delay = schedule.timetable().kind() == Timetable.Kind.DELAY;
        return new Accountable(schedule.id(), schedule.jobId(), delay, schedule.pausedFrom());
    }
}

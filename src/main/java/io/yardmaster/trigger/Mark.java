package io.yardmaster.trigger;

import io.yardmaster.timetable.Timetable;
import java.time.Instant;

/**
 * How far a timetable has been fired. Its row is locked by whoever holds this.
 *
 * @param id of the timetable
 * @param firedThrough every instant up to this one is accounted for
 * @param nextDue when it is due next, as stored; null if it is not
 * @param followers the schedules that wait for it
 * @param begun the instant after {@code firedThrough} that is fired in part; null if there is none
 */
record Mark(long id, Timetable timetable, Instant firedThrough, Instant nextDue, Followers followers, Begun begun) {
    /**
     * The schedules that wait for a timetable.
     *
     * @param schedules how many would get a run, if their jobs are on
     * @param catching how many of them make up missed instants
     * @param widest at least as wide as what any of them makes up
     */
    record Followers(int schedules, int catching, CatchUp widest) {}

    /**
     * @param through the schedules up to this id have had theirs
     * @param runs how many runs that made
     */
    record Begun(Instant nominal, long through, int runs) {}

    int schedules() {
        return followers.schedules();
    }

    int catching() {
        return followers.catching();
    }

    /** Whether this is the instant that is fired in part, and must be fired whole. */
    boolean hasBegun(Instant nominal) {
        return begun != null && begun.nominal().equals(nominal);
    }
}

package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.Set;

/**
 * How far a timetable has been fired. Its row is locked by whoever holds this.
 *
 * @param id of the timetable
 * @param when the timetable, and its calendar as it is now
 * @param settled nominal instants that have been dealt with, whenever they are due
 * @param firedThrough every instant up to this one is accounted for
 * @param nextDue when it is due next, as stored; null if it is not
 * @param followers the schedules that wait for it
 * @param begun the instant after {@code firedThrough} that is fired in part; null if there is none
 */
record Mark(
        long id,
        DatedTimetable when,
        Set<Instant> settled,
        Instant firedThrough,
        Instant nextDue,
        Followers followers,
        Begun begun) {
    /**
     * The schedules that wait for a timetable.
     *
     * @param schedules how many would get a run, if their jobs are on
     * @param catching how many of them make up missed instants
     * @param widest at least as wide as what any of them makes up
     * @param firstEnd when the validity of one that makes up ends first, after what is fired; null if none ends
     */
    record Followers(int schedules, int catching, CatchUp widest, Instant firstEnd) {
        /** Instants before it are made up by none of them. Whose validity ended during an outage makes up what came before that. */
        Instant reach(Occurrences occurrences, Instant after, Instant now) {
            Instant lastMissed = CatchUp.lastMissed(now);
            Instant reach = widest.reachThrough(occurrences, after, lastMissed, now);
            return firstEnd == null || !firstEnd.isBefore(lastMissed)
                    ? reach
                    : OnStretch.earliest(reach, widest.reachThrough(occurrences, after, firstEnd, now));
        }
    }

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

package io.yardmaster.queue;

import java.time.Instant;

/**
 * An instant of a timetable that is due.
 *
 * @param timetable id of the timetable
 * @param nominal the instant by the timetable, before any shift
 * @param due the instant at which it is due, which a calendar may have moved
 * @param adjustment what a clock change did to it; null for nothing
 * @param part whose runs are to be made
 */
public record NominalFire(long timetable, Instant nominal, Instant due, String adjustment, Part part) {
    /** The schedules whose ids are in (after, through]. */
    public record Part(long after, long through) {
        static final Part WHOLE = new Part(0, Long.MAX_VALUE);
    }

    /** For all schedules, due when the timetable says. */
    public static NominalFire whole(long timetable, Instant nominal) {
        return new NominalFire(timetable, nominal, nominal, null, Part.WHOLE);
    }
}

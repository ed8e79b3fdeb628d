package io.yardmaster.queue;

import java.time.Instant;

/**
 * An instant at which a timetable is due, for those of its schedules whose ids are in (after, through].
 *
 * @param timetable id of the timetable
 * @param nominal the instant by the timetable, before any shift
 */
public record NominalFire(long timetable, Instant nominal, long after, long through) {
    /** For all schedules. */
    public static NominalFire whole(long timetable, Instant nominal) {
        return new NominalFire(timetable, nominal, 0, Long.MAX_VALUE);
    }
}

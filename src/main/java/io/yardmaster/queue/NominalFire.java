package io.yardmaster.queue;

import java.time.Instant;

/**
 * An instant at which a timetable is due.
 *
 * @param timetable id of the timetable
 * @param nominal the instant by the timetable, before any shift
 */
public record NominalFire(long timetable, Instant nominal) {}

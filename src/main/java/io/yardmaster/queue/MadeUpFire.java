package io.yardmaster.queue;

import java.time.Instant;

/**
 * An instant for which one schedule gets a run later than it was due.
 *
 * @param schedule id of the schedule
 * @param nominal the instant by the timetable
 * @param adjustment what a clock change did to it; null for nothing
 * @param start not before this
 */
public record MadeUpFire(long schedule, Instant nominal, String adjustment, Instant start) {}

package io.yardmaster.queue;

import java.time.Instant;

/**
 * An instant for which one schedule gets a run later than it was due.
 *
 * @param schedule id of the schedule
 * @param nominal the instant by the timetable
 * @param start not before this
 */
public record MadeUpFire(long schedule, Instant nominal, Instant start) {}

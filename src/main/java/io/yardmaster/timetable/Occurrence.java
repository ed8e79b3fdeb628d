package io.yardmaster.timetable;

import java.time.Instant;

/**
 * One instant of a timetable.
 *
 * @param at the instant, in whole seconds
 * @param adjustment what a clock change did to it
 */
public record Occurrence(Instant at, Adjustment adjustment) {}

package io.yardmaster.trigger;

import io.yardmaster.timetable.Timetable;
import java.time.Instant;

/**
 * How far a timetable has been fired. Its row is locked by whoever holds this.
 *
 * @param id of the timetable
 * @param firedThrough every instant up to this one is accounted for
 * @param schedules how many would get a run, if their jobs are on
 */
record Mark(long id, Timetable timetable, Instant firedThrough, int schedules) {}

package io.yardmaster.timetable;

/** Which pass counts when a clock change makes a local time come twice. */
public enum Overlap {
    FIRST,
    SECOND,
    BOTH
}

package io.yardmaster.timetable;

/** What becomes of an instant on a day that does not work, or within a blackout. */
public enum CalendarRule {
    /** Left out. */
    SKIP,
    /** At the same local time of the working day before; when the blackout ends. */
    PREVIOUS,
    /** At the same local time of the working day after; when the blackout ends. */
    NEXT
}

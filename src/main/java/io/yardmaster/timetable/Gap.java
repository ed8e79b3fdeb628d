package io.yardmaster.timetable;

/** What becomes of a local time that a clock change leaves out. */
public enum Gap {
    /** Once, at the instant the clocks change, however many local times fall into the gap. */
    END_OF_GAP,
    /** Later by the gap's length: 02:30 becomes 03:30. */
    SHIFT,
    /** Not at all. */
    SKIP
}

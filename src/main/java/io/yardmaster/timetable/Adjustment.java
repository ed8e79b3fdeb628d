package io.yardmaster.timetable;

/** What a clock change did to one instant of a timetable; shown beside it in previews and in the run's record. */
public enum Adjustment {
    NONE,
    /** Its local time was left out; it stands where the gap ends. */
    END_OF_GAP,
    /** Its local time was left out; it stands later by the gap's length. */
    SHIFTED,
    /** Its local time comes twice; this is the first. */
    FIRST_PASS,
    /** Its local time comes twice; this is the second. */
    SECOND_PASS
}

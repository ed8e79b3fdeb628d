package io.yardmaster.trigger;

/** What can be wrong with an alarm, so that it does not ring. */
public enum Wedge {
    /** Acquired or blocked, and no living server has it. */
    ORPHANED,
    /** In error, paused or completed although its timetable is due some time. */
    STOPPED,
    /** Its row of properties is gone. */
    BROKEN,
    /** Should have rung long ago. */
    LATE,
    /** The timetable is due some time and has no alarm. */
    MISSING,
    /** An alarm of no timetable. */
    STRAY,
    /** What a server that is dead had begun. */
    LEFT
}

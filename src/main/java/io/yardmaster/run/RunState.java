package io.yardmaster.run;

import java.util.EnumSet;
import java.util.Set;

/** The life of a run, drawn in docs/run-states.md. Final states are final: nothing moves a run out of one. */
public enum RunState {
    QUEUED,
    BLOCKED,
    HELD,
    ASSIGNED,
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED,
    SKIPPED,
    MISSED,
    UNKNOWN;

    private static final Set<RunState> FINAL =
            EnumSet.of(SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, SKIPPED, MISSED, UNKNOWN);

    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** Whether a run in this state may next be in {@code other}. */
    public boolean canBecome(RunState other) {
        return switch (this) {
            case QUEUED ->
                EnumSet.of(BLOCKED, HELD, ASSIGNED, CANCELLED, MISSED).contains(other);
            case BLOCKED ->
                EnumSet.of(QUEUED, HELD, FAILED, TIMED_OUT, CANCELLED, MISSED).contains(other);
            case HELD ->
                EnumSet.of(QUEUED, BLOCKED, FAILED, TIMED_OUT, CANCELLED, MISSED)
                        .contains(other);
            case ASSIGNED -> EnumSet.of(QUEUED, BLOCKED, RUNNING, CANCELLED).contains(other);
            case RUNNING ->
                EnumSet.of(PAUSED, QUEUED, BLOCKED, HELD, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, UNKNOWN)
                        .contains(other);
            case PAUSED ->
                EnumSet.of(RUNNING, QUEUED, BLOCKED, HELD, SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, UNKNOWN)
                        .contains(other);
            case SUCCEEDED, FAILED, TIMED_OUT, CANCELLED, SKIPPED, MISSED, UNKNOWN -> false;
        };
    }
}

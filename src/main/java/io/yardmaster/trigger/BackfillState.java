package io.yardmaster.trigger;

import java.util.EnumSet;
import java.util.Set;

/** The life of a backfill; docs/schedules.md tells what each state means. */
public enum BackfillState {
    RUNNING,
    /** Somebody wants no new runs to start. */
    PAUSED,
    /** No new runs start, since one failed. */
    STOPPED,
    /** What was started has not ended yet. */
    CANCELLING,
    CANCELLED,
    FINISHED;

    public boolean isFinal() {
        return this == CANCELLED || this == FINISHED;
    }

    /** Whether a backfill in this state may next be in {@code other}. */
    public boolean canBecome(BackfillState other) {
        Set<BackfillState> next = switch (this) {
            case RUNNING -> EnumSet.of(PAUSED, STOPPED, CANCELLING, CANCELLED, FINISHED);
            case PAUSED -> EnumSet.of(RUNNING, STOPPED, CANCELLING, CANCELLED, FINISHED);
            case STOPPED -> EnumSet.of(RUNNING, CANCELLING, CANCELLED);
            case CANCELLING -> EnumSet.of(CANCELLING, CANCELLED);
            case CANCELLED, FINISHED -> EnumSet.noneOf(BackfillState.class);
        };
        return next.contains(other);
    }
}

package io.yardmaster.queue;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Said;
import io.yardmaster.run.RunState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an operator does with a run, and in which states it can be done. */
public enum RunAct {
    /** Keeps back what waits. */
    HOLD,
    RELEASE,
    CANCEL,
    /** Ends what a node holds without the node's word. */
    FORCE_CLOSE,
    /** Gives what waits to another queue. */
    MOVE,
    /** Gives what waits another priority. */
    PRIORITY,
    /** Starts the job of what has ended again. */
    RERUN;

    /** Whether it can be done with a run in {@code state}. */
    public boolean fits(RunState state) {
        return switch (this) {
            case HOLD -> state == RunState.QUEUED || state == RunState.BLOCKED;
            case RELEASE -> state == RunState.HELD;
            case CANCEL -> !state.isFinal();
            case FORCE_CLOSE -> state == RunState.RUNNING || state == RunState.PAUSED;
            case MOVE, PRIORITY -> HOLD.fits(state) || RELEASE.fits(state);
            case RERUN -> state.isFinal();
        };
    }

    /** As addresses and the audit name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What can be done with a run in {@code state}; at least one act. */
    public static List<RunAct> possible(RunState state) {
        return Arrays.stream(values()).filter(act -> act.fits(state)).toList();
    }

    /** That it cannot be done with {@code run}, which is in {@code state}, and what can. */
    public Conflict unfit(long run, RunState state) {
        Said possible = possible(state).stream()
                .map(RunAct::said)
                .reduce((some, more) -> Said.of("run.acts", some, more))
                .orElseThrow();
        return new Conflict("conflict.run.unfit", run, Said.of("run.state." + state), said(), possible);
    }

    private Said said() {
        return Said.of("run.act." + this);
    }
}

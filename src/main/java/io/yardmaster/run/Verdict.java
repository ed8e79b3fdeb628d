package io.yardmaster.run;

import java.time.Instant;

/**
 * What somebody made of a run that ended as UNKNOWN.
 *
 * @param run its id
 * @param reason in the words of who decided; empty for none
 * @param rerun id of the run that was made of it; null unless it was run again
 * @param by account
 * @param at null before it is kept
 */
public record Verdict(long run, Kind kind, String reason, Long rerun, String by, Instant at) {
    /** One that is not kept yet. */
    public static Verdict of(long run, Kind kind, String reason, Long rerun, String by) {
        return new Verdict(run, kind, reason, rerun, by, null);
    }

    /** What it can be. */
    public enum Kind {
        /** The task was completed. */
        SUCCEEDED,
        /** It was not. */
        FAILED,
        /** Whether or not, it was run again. */
        RERUN
    }
}

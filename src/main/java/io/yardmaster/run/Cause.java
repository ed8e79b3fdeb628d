package io.yardmaster.run;

/**
 * Why a run exists.
 *
 * @param kind in what way it came
 * @param by who asked: an account, or the id of the run that is run again; null for a schedule
 */
public record Cause(Kind kind, String by) {
    /** The ways in which a run can come. */
    public enum Kind {
        SCHEDULE,
        /** For an instant that was missed. */
        CATCH_UP,
        BACKFILL,
        MANUAL,
        API,
        RERUN,
        CANARY
    }

    public static Cause manual(String account) {
        return new Cause(Kind.MANUAL, account);
    }

    public static Cause api(String account) {
        return new Cause(Kind.API, account);
    }

    public static Cause rerunOf(long run) {
        return new Cause(Kind.RERUN, Long.toString(run));
    }
}

package io.yardmaster.database;

import java.util.Locale;

/** What there are hints about. */
public enum Channel {
    /** Something is to be told to a worker, whose open poll may be at any server. */
    NODE_NEWS(true),
    /** Runs became ready. Any server can dispatch them, so the one at which they did is hint enough. */
    RUNS_READY(false),
    /** Ends of runs change conditions. Likewise, any server can apply that. */
    CONDITIONS_SIGNALLED(false);

    private final boolean forAll;

    Channel(boolean forAll) {
        this.forAll = forAll;
    }

    /** Whether other servers are told as well. */
    boolean isForAll() {
        return forAll;
    }

    /** PostgreSQL's channel; needs no quotes. */
    String sqlName() {
        return "yardmaster_" + name().toLowerCase(Locale.ROOT);
    }
}

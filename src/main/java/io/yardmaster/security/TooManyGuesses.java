package io.yardmaster.security;

/** Too many failed sign-ins; the next try is possible after a while. */
public final class TooManyGuesses extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long seconds;

    TooManyGuesses(long seconds) {
        super("too many failed sign-ins; try again in " + seconds + " s");
        this.seconds = seconds;
    }

    /** How long to wait. */
    public long seconds() {
        return seconds;
    }
}

package io.yardmaster.security;

/** Too many passwords are being checked at once; try again in a few seconds. */
public final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Busy() {
        super("too many sign-ins at once; try again in a few seconds");
    }
}

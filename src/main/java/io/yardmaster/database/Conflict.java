package io.yardmaster.database;

/** The change does not fit what is there now: somebody else changed it meanwhile, or its state forbids it. */
public final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one sentence for the user: what is there now and what they can do */
    public Conflict(String message) {
        super(message);
    }
}

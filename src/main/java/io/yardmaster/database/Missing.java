package io.yardmaster.database;

/** There is no such object, or the caller may not know of it: the answer is the same. */
public final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what the object as the user named it, as in {@code job shop/nightly} */
    public Missing(String what) {
        super("there is no " + what);
    }
}

package io.yardmaster.database;

/** The change does not fit what is there now: somebody else changed it meanwhile, or its state forbids it. */
public final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Said said;

    /**
     * @param key of the sentence for the user: what is there now and what they can do
     * @param arguments as {@link Said} takes them
     */
    public Conflict(String key, Object... arguments) {
        super(Said.of(key, arguments).english());
        this.said = Said.of(key, arguments);
    }

    /** What {@link #getMessage} says in English. */
    public Said said() {
        return said;
    }
}

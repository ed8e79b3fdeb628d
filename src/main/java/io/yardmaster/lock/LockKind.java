package io.yardmaster.lock;

/** What a lock keeps apart. */
public enum LockKind {
    /** One has it. */
    MUTEX,
    /** Many read, or one writes. */
    READ_WRITE,
    /** So many permits are out at a time. */
    SEMAPHORE,
    /** Nothing is kept apart: runs wait until its variables are as their jobs say, or they are signalled. */
    CONDITION;

    /** What a writer takes of a read-write lock, of which a reader takes one unit: all of it. */
    public static final int ALL = 1_000_000;

    /** How many units there are to be had; null of a condition. */
    Integer capacity(Integer permits) {
        return switch (this) {
            case MUTEX -> 1;
            case READ_WRITE -> ALL;
            case SEMAPHORE -> permits;
            case CONDITION -> null;
        };
    }
}

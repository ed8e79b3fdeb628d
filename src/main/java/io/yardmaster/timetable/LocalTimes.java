package io.yardmaster.timetable;

/**
 * Local times at which something is wanted, before any zone says which instants they mean. In epoch seconds, read as if the
 * local clock were UTC, which no clock change can confuse. Thread-safe.
 */
interface LocalTimes {
    long NEVER = Long.MAX_VALUE;

    /** 2100-01-01. Nothing is looked for beyond, so that every question has an end, and always the same one. */
    long THE_END = 4_102_444_800L;

    /** The first at or after {@code local}, or {@link #NEVER}. */
    long match(long local);

    /** Whether they repeat within the day, so that they mean "every so often" and not "at a time". */
    boolean repeatWithinDay();
}

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

    /** How many there are at or after {@code from} and before {@code to}. */
    default long count(long from, long to) {
        long count = 0;
        for (long found = match(from); found < to; found = match(found + 1)) {
            count++;
        }
        return count;
    }

    /** Whether they repeat within the day, so that they mean "every so often" and not "at a time". */
    boolean repeatWithinDay();
}

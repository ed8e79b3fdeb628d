package io.yardmaster.web.lock;

import java.time.Instant;

/**
 * A lock and what goes on before it now.
 *
 * @param kind MUTEX, READ_WRITE or SEMAPHORE
 * @param capacity units that there are to be had
 * @param held units that are out, at the moment possibly more than {@code capacity}
 * @param holders runs that have some
 * @param waiting runs that wait for some
 * @param jobs how many need it
 * @param oldest since when the one that waits longest does; null if none waits
 */
public record ListedLock(
        long id,
        String namespace,
        String name,
        String description,
        String owner,
        String kind,
        int capacity,
        int version,
        long held,
        long holders,
        long waiting,
        long jobs,
        Instant oldest) {
    private static final int HUNDRED = 100;

    /** How much of it is out, 0 to 100. */
    public int fill() {
        return (int) Math.min(HUNDRED, held * HUNDRED / capacity);
    }

    public boolean isSemaphore() {
        return kind.equals("SEMAPHORE");
    }

    /** Whether somebody writes, and so nobody else has it. */
    public boolean isWritten() {
        return kind.equals("READ_WRITE") && held >= capacity;
    }
}

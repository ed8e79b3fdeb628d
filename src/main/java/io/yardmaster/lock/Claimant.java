package io.yardmaster.lock;

/**
 * A ready run that needs locks to begin.
 *
 * @param epoch of the offer that would be its next
 * @param claim which locks
 * @param key its place before locks that have not refused it yet
 * @param seatable whether some node has room for it now; if not, it keeps nobody else from what it could have
 */
public record Claimant(long run, long epoch, long claim, long key, boolean seatable) {}

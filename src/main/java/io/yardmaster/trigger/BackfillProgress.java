package io.yardmaster.trigger;

import java.time.Instant;

/**
 * How far a backfill has come; every instant is in one of the figures.
 *
 * @param pending not started yet
 * @param started have a run that has not ended
 * @param leftOut need no run
 * @param endsAt when it will have ended if its runs go on as the latest did; null if that cannot be told
 */
public record BackfillProgress(
        int pending, int started, int succeeded, int failed, int cancelled, int leftOut, Instant endsAt) {
    /** How many need nothing more. */
    public int done() {
        return succeeded + failed + cancelled + leftOut;
    }

    /** How many are yet to end. */
    public int remaining() {
        return pending + started;
    }

    public int instants() {
        return done() + remaining();
    }

    /** Whole percent, rounded down, so that only what is complete is 100. */
    public int percent() {
        return instants() == 0 ? 100 : (int) (100L * done() / instants());
    }

    /**
     * When as many runs at a time have ended that are each as long as {@code seconds}.
     *
     * @param seconds null if no run tells
     */
    static Instant endsAt(Instant now, Double seconds, int remaining, int parallelism) {
        int rounds = (remaining + parallelism - 1) / parallelism;
        return seconds == null ? null : now.plusSeconds(Math.round(seconds * rounds));
    }
}

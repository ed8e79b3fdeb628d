package io.yardmaster.web.lock;

import io.yardmaster.lock.LockForecast;
import io.yardmaster.lock.LockKind;
import java.time.Duration;
import java.time.Instant;

/**
 * A run that has a lock or waits for it.
 *
 * @param seen whether the caller may know which run it is; if not, run, job and node are not to be shown
 * @param node null while it waits
 * @param token null while it waits
 * @param since when it has it, or waits for it
 * @param predictedSeconds how long its job's runs last; null if nobody knows
 * @param live whether it keeps its place: not in a paused queue, nor when it was called and found no node
 * @param called whether the lock is free for it
 */
public record LockUser(
        boolean seen,
        long run,
        String namespace,
        String job,
        String node,
        int units,
        Long token,
        Instant since,
        Double predictedSeconds,
        boolean live,
        boolean called) {
    private static final double MILLIS = 1000;

    /** READ or WRITE of a read-write lock; null for every other. */
    public String mode(String kind) {
        if (!kind.equals(LockKind.READ_WRITE.name())) {
            return null;
        }
        return units == LockKind.ALL ? "WRITE" : "READ";
    }

    /** When it will probably have ended; null if nobody knows. */
    public Instant expectedEnd(Instant now) {
        if (predictedSeconds == null) {
            return null;
        }
        Instant end = since.plusMillis(Math.round(predictedSeconds * MILLIS));
        return end.isBefore(now) ? now : end;
    }

    LockForecast.Use holding(Instant now) {
        Instant end = expectedEnd(now);
        return new LockForecast.Use(
                units,
                end == null
                        ? Double.POSITIVE_INFINITY
                        : Duration.between(now, end).toMillis() / MILLIS);
    }

    LockForecast.Use waiting() {
        return new LockForecast.Use(units, predictedSeconds == null ? Double.POSITIVE_INFINITY : predictedSeconds);
    }
}

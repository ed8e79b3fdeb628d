package io.yardmaster.web.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * A run that is ready, at its place in the queue.
 *
 * @param position counted from 1
 * @param seen whether the caller may know which run it is; if not, id and job are not to be shown
 * @param orderKey by which the queue is sorted
 * @param predictedSeconds null before the job's first success
 * @param deadlineAt null for none of its own
 */
public record WaitingRun(
        long position,
        boolean seen,
        long id,
        String jobNamespace,
        String jobName,
        String cause,
        Instant readyAt,
        long orderKey,
        int priority,
        Double predictedSeconds,
        Instant deadlineAt) {
    /** Null before the job's first success. */
    public Duration predicted() {
        return predictedSeconds == null ? null : Duration.ofMillis(Math.round(predictedSeconds * 1000));
    }
}

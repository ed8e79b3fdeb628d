package io.yardmaster.web.queue;

import java.time.Instant;

/**
 * A run that is ready, at its place in the queue.
 *
 * @param position counted from 1
 * @param seen whether the caller may know which run it is; if not, id and job are not to be shown
 * @param orderKey by which the queue is sorted
 * @param predictedSeconds null before the job's first end
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
        Double predictedSeconds) {}

package io.yardmaster.job;

import java.time.Instant;

/**
 * One line of a list of jobs.
 *
 * @param queue as {@code namespace/name}
 * @param lastRunId null if the job never ended a run
 * @param lastState state in which its last run ended; null likewise
 * @param lastEndedAt when; null likewise
 */
public record JobRow(
        long id,
        String namespace,
        String name,
        String description,
        String queue,
        boolean enabled,
        int version,
        Instant updatedAt,
        Long lastRunId,
        String lastState,
        Instant lastEndedAt) {
    public JobSearch.Place place() {
        return new JobSearch.Place(namespace, name, id);
    }
}

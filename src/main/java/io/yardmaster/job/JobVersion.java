package io.yardmaster.job;

import java.time.Instant;

/**
 * A job as it was from one change to the next.
 *
 * @param version counted from 1
 * @param description for people
 * @param queue name of its queue at that time, as {@code namespace/name}
 * @param enabled whether it could be started
 * @param definition what its runs executed
 * @param changedAt when it became so
 * @param changedBy who made it so
 */
public record JobVersion(
        int version,
        String description,
        String queue,
        boolean enabled,
        JobDefinition definition,
        Instant changedAt,
        String changedBy) {}

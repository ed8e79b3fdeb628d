package io.yardmaster.job;

import java.util.Objects;

/**
 * What somebody wants a job to be.
 *
 * @param namespace whose job it is
 * @param name unique in its namespace among the jobs that are not archived
 * @param description for people; may be empty
 * @param queueId in which its runs wait
 * @param enabled whether its schedules fire; by hand it can be started all the same
 * @param definition what a run executes
 */
public record JobDraft(
        String namespace, String name, String description, long queueId, boolean enabled, JobDefinition definition) {
    public JobDraft {
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        description = Objects.requireNonNullElse(description, "");
    }
}

package io.yardmaster.web.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.job.JobRow;
import io.yardmaster.web.api.Ids;
import java.time.Instant;

/** One job of a list, as the API tells it; of one that never ended a run, nothing is said about its last. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobLine(
        String id,
        String namespace,
        String name,
        String description,
        String queue,
        boolean enabled,
        int version,
        Instant updatedAt,
        LastRun lastRun) {
    /** The run that ended last. */
    record LastRun(String id, String state, Instant endedAt) {}

    static JobLine of(JobRow row) {
        LastRun last = row.lastRunId() == null
                ? null
                : new LastRun(Ids.written(row.lastRunId()), row.lastState(), row.lastEndedAt());
        return new JobLine(
                Ids.written(row.id()),
                row.namespace(),
                row.name(),
                row.description(),
                row.queue(),
                row.enabled(),
                row.version(),
                row.updatedAt(),
                last);
    }
}

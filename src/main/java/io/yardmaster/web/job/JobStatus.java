package io.yardmaster.web.job;

import io.yardmaster.job.Job;
import io.yardmaster.web.api.Ids;
import java.time.Instant;

/** What the server says of a job beside its document; ignored when it is sent back. */
record JobStatus(String id, int version, Instant createdAt, Instant updatedAt) {
    static JobStatus of(Job job) {
        return new JobStatus(Ids.written(job.id()), job.version(), job.createdAt(), job.updatedAt());
    }
}

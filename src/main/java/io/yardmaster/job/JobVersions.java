package io.yardmaster.job;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Every version a job ever had. */
public final class JobVersions {
    /** Newest first, at most {@code limit} of those older than {@code before}; by {@code job_version_pkey}. */
    public List<JobVersion> list(Transaction transaction, long job, int before, int limit) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT version, description, queue, enabled, definition, changed_at, changed_by
                        FROM job_version
                        WHERE job_id = :job AND version < :before
                        ORDER BY version DESC
                        LIMIT :limit
                        """)
                .bind("job", job)
                .bind("before", before)
                .bind("limit", limit)
                .map(JobVersions::read)
                .list();
    }

    public Optional<JobVersion> find(Transaction transaction, long job, int version) {
        return list(transaction, job, version + 1, 1).stream()
                .filter(found -> found.version() == version)
                .findFirst();
    }

    void add(Transaction transaction, Job job, String by) {
        transaction.sql().createUpdate("""
                        INSERT INTO job_version
                               (job_id, version, definition, description, queue, enabled, changed_at, changed_by,
                                need_id, claim_id)
                        SELECT job.id, job.version, job.definition, job.description,
                               queue.namespace || '/' || queue.name, job.disabled_at IS NULL, job.updated_at, :by, job.need_id, job.claim_id
                        FROM job JOIN queue ON queue.id = job.queue_id
                        WHERE job.id = :job
                        """).bind("job", job.id()).bind("by", by).execute();
    }

    private static JobVersion read(ResultSet row, StatementContext context) throws SQLException {
        return new JobVersion(
                row.getInt("version"),
                row.getString("description"),
                row.getString("queue"),
                row.getBoolean("enabled"),
                JobDefinition.fromJson(row.getString("definition")),
                instant(row, "changed_at"),
                row.getString("changed_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is paused, by what people call it. */
public final class PauseList {
    /** Few rows; primary keys of the rest. What was archived while it was paused is nobody's any more. */
    private static final String PAUSES = """
            SELECT p.scope, p.subject, p.paused_at, p.paused_by, p.reason, s.name AS schedule,
                   CASE p.scope WHEN 'NAMESPACE' THEN p.subject ELSE j.namespace END AS namespace, j.name AS job
            FROM pause p
            LEFT JOIN schedule s ON p.scope = 'SCHEDULE' AND s.id::text = p.subject AND s.archived_at IS NULL
            LEFT JOIN job j ON j.archived_at IS NULL
                AND j.id = CASE p.scope WHEN 'JOB' THEN p.subject::bigint ELSE s.job_id END
            WHERE (p.scope IN ('SYSTEM', 'NAMESPACE') OR j.id IS NOT NULL)
            """;

    private static final String ALL = PAUSES + """
            ORDER BY p.scope <> 'SYSTEM', namespace, p.scope, job, schedule
            """;

    /** Index {@code pause_by_subject}. */
    private static final String OF = PAUSES + " AND p.scope = :scope AND p.subject = :subject";

    private static final String OF_JOB = PAUSES + """
            AND (p.scope = 'SYSTEM' OR p.scope = 'NAMESPACE' AND p.subject = :namespace
                OR p.scope = 'JOB' AND p.subject = CAST(:job AS text))
            ORDER BY p.scope = 'JOB', p.scope = 'NAMESPACE'
            """;

    /**
     * A pause by its name.
     *
     * @param namespace null for the whole system
     * @param job null but for a job's or schedule's
     * @param schedule null but for a schedule's
     */
    public record Named(Pause pause, String namespace, String job, String schedule) {
        public Pause.Kind kind() {
            return pause.scope().kind();
        }
    }

    /** All of them, the widest first within each namespace. */
    public List<Named> all(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(ALL)
                .map((row, context) -> named(row))
                .list();
    }

    public Optional<Named> find(Transaction transaction, Pause.Scope scope) {
        return transaction
                .sql()
                .createQuery(OF)
                .bind("scope", scope.kind())
                .bind("subject", scope.subject())
                .map((row, context) -> named(row))
                .findOne();
    }

    /** What holds all schedules of a job: the system's pause, its namespace's, its own. */
    public List<Named> ofJob(Transaction transaction, String namespace, long job) {
        return transaction
                .sql()
                .createQuery(OF_JOB)
                .bind("namespace", namespace)
                .bind("job", job)
                .map((row, context) -> named(row))
                .list();
    }

    /** Ids of a job's schedules that are paused by themselves (indexes {@code schedule_by_name}, {@code pause_by_subject}). */
    public Set<Long> ofSchedules(Transaction transaction, long job) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT s.id FROM schedule s JOIN pause p ON p.scope = 'SCHEDULE' AND p.subject = s.id::text
                        WHERE s.job_id = :job AND s.archived_at IS NULL""")
                .bind("job", job)
                .mapTo(Long.class)
                .set();
    }

    private static Named named(ResultSet row) throws SQLException {
        Pause.Scope scope = new Pause.Scope(Pause.Kind.valueOf(row.getString("scope")), row.getString("subject"));
        Pause pause = new Pause(
                scope, Timetables.instant(row, "paused_at"), row.getString("paused_by"), row.getString("reason"));
        return new Named(pause, row.getString("namespace"), row.getString("job"), row.getString("schedule"));
    }
}

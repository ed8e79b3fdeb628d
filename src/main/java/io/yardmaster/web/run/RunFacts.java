package io.yardmaster.web.run;

import io.yardmaster.database.Transaction;
import io.yardmaster.job.JobDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.result.RowView;

/**
 * What a run's page tells beside the run itself.
 *
 * @param scheduleId of the schedule that it came from; null if none
 * @param schedule name of the schedule that it came from; null if none
 * @param offeredAt when it was offered to its node; null unless it is on one
 * @param decided whether there is a record of why its last offer went where it went
 * @param predictedSeconds how long it was thought to last; null if nobody knew
 * @param pausable whether what it executes can be paused
 * @param longSince since when its attempt is longer than its job lets pass unremarked; null if it is not
 * @param policy the order of its queue
 */
record RunFacts(
        Long scheduleId,
        String schedule,
        Instant offeredAt,
        boolean decided,
        Double predictedSeconds,
        boolean pausable,
        Instant longSince,
        String policy) {
    /** Something that was said of the run and changed nothing. */
    public record Note(Instant at, Long epoch, String text) {}

    /** Indexes {@code run_pkey}, {@code run_history_pkey}. */
    private static final String FACTS = """
            WITH found AS (
                SELECT schedule_id, offered_at, predicted_seconds, decision_id, job_id, job_version, queue_id,
                       CASE WHEN long_since >= started_at THEN long_since END AS long_since
                FROM run WHERE id = :run
                UNION ALL
                SELECT schedule_id, NULL, predicted_seconds, decision_id, job_id, job_version, queue_id, NULL
                FROM run_history WHERE id = :run
            )
            SELECT f.schedule_id, s.name AS schedule, f.offered_at, f.predicted_seconds,
                   f.decision_id IS NOT NULL AS decided, v.definition, f.long_since, q.policy
            FROM found f JOIN queue q ON q.id = f.queue_id LEFT JOIN schedule s ON s.id = f.schedule_id
            LEFT JOIN job_version v ON v.job_id = f.job_id AND v.version = f.job_version
            """;

    /** How long it was thought to last; null if nobody knew. */
    public Duration predicted() {
        return predictedSeconds == null ? null : Duration.ofMillis(Math.round(predictedSeconds * 1000));
    }

    static RunFacts read(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery(FACTS)
                .bind("run", run)
                .map((row, context) -> new RunFacts(
                        row.getObject("schedule_id", Long.class),
                        row.getString("schedule"),
                        instant(row.getObject("offered_at", OffsetDateTime.class)),
                        row.getBoolean("decided"),
                        row.getObject("predicted_seconds", Double.class),
                        isPausable(row.getString("definition")),
                        instant(row.getObject("long_since", OffsetDateTime.class)),
                        row.getString("policy")))
                .one();
    }

    private static boolean isPausable(String definition) {
        return definition != null && JobDefinition.forRun(definition).canPause();
    }

    /** Oldest first. Index {@code run_note_pkey}. */
    static List<Note> notes(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery("SELECT at, epoch, text FROM run_note WHERE run_id = :run ORDER BY id LIMIT 100")
                .bind("run", run)
                .map((row, context) -> new Note(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getObject("epoch", Long.class),
                        Unseen.shown(row.getString("text"))))
                .list();
    }

    /** Names by id. Index {@code node_pkey}. */
    static Map<String, String> nodeNames(Transaction transaction, List<Long> nodes) {
        return transaction
                .sql()
                .createQuery("SELECT id, name FROM node WHERE id = ANY (:nodes)")
                .bindArray("nodes", Long.class, nodes)
                .reduceRows(new java.util.HashMap<>(), RunFacts::addName);
    }

    private static Map<String, String> addName(Map<String, String> names, RowView row) {
        names.put(Long.toString(row.getColumn("id", Long.class)), row.getColumn("name", String.class));
        return names;
    }

    private static Instant instant(OffsetDateTime value) {
        return value == null ? null : value.toInstant();
    }
}

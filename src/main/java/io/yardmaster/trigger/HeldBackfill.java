package io.yardmaster.trigger;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * A backfill under its row lock: nobody else starts its runs or changes its state before the transaction ends.
 *
 * @param archived whether its job is
 * @param failuresAccepted how many failed instants do not stop it
 * @param queue id of that of its job
 * @param limited whether that queue has a limit of waiting runs
 */
record HeldBackfill(
        long id,
        BackfillState state,
        long job,
        String namespace,
        boolean archived,
        int parallelism,
        boolean stopOnFailure,
        int failuresAccepted,
        String parameters,
        long queue,
        boolean limited) {
    /** The queue's row comes with it, before any row of an instant: who changes the queue's policy waits for runs that end. */
    private static final String HOLD = """
            SELECT b.id, b.state, b.job_id, j.namespace, j.archived_at IS NOT NULL AS archived, b.parallelism,
                   b.stop_on_failure, b.failures_accepted, b.parameters, q.id AS queue_id,
                   q.max_waiting IS NOT NULL AS limited
            FROM backfill b JOIN job j ON j.id = b.job_id JOIN queue q ON q.id = j.queue_id
            WHERE b.id = :id FOR NO KEY UPDATE OF b FOR KEY SHARE OF q
            """;

    static Optional<HeldBackfill> hold(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(HOLD)
                .bind("id", id)
                .map((row, context) -> of(row))
                .findOne();
    }

    private static HeldBackfill of(ResultSet row) throws SQLException {
        return new HeldBackfill(
                row.getLong("id"),
                BackfillState.valueOf(row.getString("state")),
                row.getLong("job_id"),
                row.getString("namespace"),
                row.getBoolean("archived"),
                row.getInt("parallelism"),
                row.getBoolean("stop_on_failure"),
                row.getInt("failures_accepted"),
                row.getString("parameters"),
                row.getLong("queue_id"),
                row.getBoolean("limited"));
    }

    /** Keeps in the audit what {@code by} did to it. */
    void record(Transaction transaction, String action, Map<String, ?> detail, Actor by) {
        Subject subject = new Subject("backfill", namespace, Long.toString(id));
        Audit.record(transaction, new AuditEntry(by, action, subject, detail));
    }

    /** @throws Conflict with {@code key} unless it may become that */
    void insist(BackfillState next, String key) {
        if (!state.canBecome(next)) {
            throw new Conflict(key, state.name());
        }
    }
}

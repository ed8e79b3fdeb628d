package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import java.time.Instant;

/** Rows that the tests of runs stand on, written as SQL since their own packages are not under test here. */
public final class Rows {
    private Rows() {}

    public static long job(Transaction transaction, String name) {
        return one(transaction, """
                INSERT INTO job (namespace, name, queue_id, definition)
                SELECT 'default', '%s', id, '{"task": {"type": "noop"}, "parameters": {"from": "job", "kept": "yes"}}'
                FROM queue RETURNING id
                """.formatted(name));
    }

    public static long timetable(Transaction transaction, String cron) {
        return one(
                transaction,
                "INSERT INTO timetable (kind, expression, zone) VALUES ('CRON', '%s', 'UTC') RETURNING id"
                        .formatted(cron));
    }

    public static long schedule(Transaction transaction, long job, long timetable, Instant effectiveFrom) {
        return one(transaction, """
                INSERT INTO schedule (job_id, timetable_id, name, parameters, effective_from)
                VALUES (%d, %d, 's', '{"from": "schedule"}', '%s') RETURNING id
                """.formatted(job, timetable, effectiveFrom));
    }

    /** A node with a live session that has just begun; the id of the session. */
    public static long session(Transaction transaction, String node) {
        return one(transaction, """
                WITH n AS (INSERT INTO node (name, credential_hash, slots)
                           VALUES ('%s', sha256('%s'::bytea), 10) RETURNING id)
                INSERT INTO node_session (node_id, started_at, lease_until, boot_id, host, address, worker_version, containment)
                SELECT id, clock_timestamp(), clock_timestamp() + interval '20s', 'b', 'h', 'a', '1', 'PID_NAMESPACE' FROM n
                RETURNING id
                """.formatted(node, node));
    }

    /** What dispatch and acceptance do to one run. */
    public static void start(Transaction transaction, long run, long session) {
        transaction
                .sql()
                .createUpdate("""
                        UPDATE run SET state = 'RUNNING', generation = NULL, session_id = :session, epoch = epoch + 1,
                            attempt = attempt + 1, started_at = clock_timestamp(), offered_at = clock_timestamp(),
                            node_id = (SELECT node_id FROM node_session WHERE id = :session)
                        WHERE id = :run
                        """)
                .bind("run", run)
                .bind("session", session)
                .execute();
    }

    private static long one(Transaction transaction, String sql) {
        return transaction.sql().createQuery(sql).mapTo(Long.class).one();
    }
}

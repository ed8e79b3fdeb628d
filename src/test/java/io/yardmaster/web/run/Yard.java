package io.yardmaster.web.run;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.AttemptEnds;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;

/** Rows for the tests of pages, hostile ones among them, written as SQL since their own packages are not under test. */
public final class Yard {
    private final Transaction transaction;

    public Yard(Transaction transaction) {
        this.transaction = transaction;
    }

    /** Rows made in a transaction of their own. */
    static <T> T in(PostgresExtension postgres, Function<Yard, T> work) {
        return postgres.database().inTransaction(transaction -> work.apply(new Yard(transaction)));
    }

    public static AttemptEnds ends() {
        return new AttemptEnds(List.of());
    }

    public long queue(String namespace, String name) {
        return one(
                "INSERT INTO queue (namespace, name) VALUES (:namespace, :name) RETURNING id",
                "namespace",
                namespace,
                "name",
                name);
    }

    /** In the default queue. */
    public long job(String namespace, String name) {
        return one("""
                INSERT INTO job (namespace, name, queue_id, definition)
                SELECT :namespace, :name, id, '{"task": {"type": "noop"}}' FROM queue WHERE namespace = 'default'
                RETURNING id""", "namespace", namespace, "name", name);
    }

    /** Likewise, with the version that its runs are of; a script can be paused. */
    public long script(String namespace, String name) {
        return versioned(namespace, name, "{\"task\": {\"type\": \"shell\", \"script\": \"true\"}}");
    }

    long versioned(String namespace, String name, String definition) {
        return one("""
                WITH j AS (
                    INSERT INTO job (namespace, name, queue_id, definition)
                    SELECT :namespace, :name, id, CAST(:definition AS jsonb) FROM queue WHERE namespace = 'default'
                    RETURNING id, version, definition)
                INSERT INTO job_version (job_id, version, definition, changed_by)
                SELECT id, version, definition, 'ada' FROM j
                RETURNING job_id""", "namespace", namespace, "name", name, "definition", definition);
    }

    /** With a live session, a heartbeat just now and some load; the id of the session. */
    public long node(String name, int slots, double cpu) {
        return one("""
                WITH n AS (INSERT INTO node (name, credential_hash, slots)
                           VALUES (:name, sha256(CAST(:name AS bytea)), :slots) RETURNING id)
                INSERT INTO node_session (node_id, started_at, lease_until, boot_id, host, address, worker_version,
                                          containment, slots, clock_offset_ms, load)
                SELECT id, clock_timestamp() - interval '3 h', clock_timestamp() + interval '19 s', 'boot',
                       :name || '.example.org', '10.0.0.7', '0.1.0', 'PID_NAMESPACE', :slots, 12,
                       jsonb_build_object('cpu', :cpu, 'memoryUsed', 9000000000, 'memoryTotal', 16000000000,
                           'diskFree', 60000000000, 'diskTotal', 200000000000)
                FROM n RETURNING id""", "name", name, "slots", slots, "cpu", cpu);
    }

    public long queued(long job) {
        return one("""
                INSERT INTO run (state, job_id, job_version, queue_id, cause, caused_by, due_at, order_key, created_at, ready_at)
                SELECT 'QUEUED', id, version, queue_id, 'MANUAL', 'ada', statement_timestamp(),
                       (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, statement_timestamp(),
                       statement_timestamp()
                FROM job WHERE id = :job RETURNING id""", "job", job);
    }

    /** @param reason empty for none */
    public long held(long job, String by, String reason) {
        return one("""
                UPDATE run SET state = 'HELD', generation = NULL, held_at = clock_timestamp(), held_by = :by, held_reason = :reason
                WHERE id = :run RETURNING id""", "by", by, "reason", reason, "run", queued(job));
    }

    public long running(long job, long session) {
        long run = queued(job);
        transaction
                .sql()
                .createUpdate("""
                        UPDATE run SET state = 'RUNNING', generation = NULL, session_id = :session, epoch = 1, attempt = 1,
                            started_at = clock_timestamp(), offered_at = clock_timestamp(),
                            node_id = (SELECT node_id FROM node_session WHERE id = :session)
                        WHERE id = :run""")
                .bind("session", session)
                .bind("run", run)
                .execute();
        return run;
    }

    /** Prints {@code bytes} at {@code start} in the first attempt. */
    public void print(long run, long start, byte[] bytes) {
        transaction
                .sql()
                .createUpdate(
                        "INSERT INTO output_chunk (run_id, epoch, start_byte, bytes) VALUES (:run, 1, :start, :bytes)")
                .bind("run", run)
                .bind("start", start)
                .bind("bytes", bytes)
                .execute();
    }

    public void gap(long run, long start, long bytes) {
        transaction
                .sql()
                .createUpdate("""
                        INSERT INTO output_chunk (run_id, epoch, start_byte, bytes, gap_bytes)
                        VALUES (:run, 1, :start, '', :bytes)""")
                .bind("run", run)
                .bind("start", start)
                .bind("bytes", bytes)
                .execute();
    }

    private long one(String sql, Object... namesAndValues) {
        Query query = transaction.sql().createQuery(sql);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.bind((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return query.mapTo(Long.class).one();
    }
}

package io.yardmaster.queue;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.util.Map;

/** Ends runs that wait, or were offered and not yet accepted: their rows move to history, the charts' roll-up counts them. */
final class WaitingEnds {
    /** Index {@code run_pkey}. */
    private static final String SKIP = sql("""
            chosen AS MATERIALIZED (
                SELECT r.id, 'SKIPPED' AS final_state, s.said, CAST(NULL AS text) AS by
                FROM unnest(:runs, :saids) AS s (run, said)
                CROSS JOIN LATERAL (SELECT id FROM run WHERE id = s.run LIMIT 1 FOR UPDATE) r
            )""");

    private WaitingEnds() {}

    /** Ends runs as SKIPPED, each with what is said of it. */
    static void skip(Transaction transaction, Map<Long, String> saids) {
        if (!saids.isEmpty()) {
            transaction
                    .sql()
                    .createQuery(SKIP)
                    .bindNamedArgumentFinder(Columns.of(saids.entrySet())
                            .with("runs", Long.class, Map.Entry::getKey)
                            .with("saids", String.class, Map.Entry::getValue))
                    .map((row, context) -> row.getLong("id"))
                    .list();
        }
    }

    /**
     * A statement that ends what {@code chosen} chooses, which are the common table expressions before it; the last of them is
     * {@code chosen (id, final_state, said, by)}, its runs locked by ascending id. Raising the epoch refuses an acceptance that
     * is on its way. Of a run that had begun before, its last attempt tells where; if the end is that one's failure, it
     * counts in the job's statistics now. {@code by} asked for the end; null if nobody did. Each run is looked up by itself:
     * joined, as many as a job has waiting are quadratic where the planner takes the table for empty.
     */
    static String sql(String chosen) {
        return "WITH " + chosen + """
            , moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM (SELECT count(*) FROM chosen) l
            ), facts AS MATERIALIZED (
                SELECT r.*, final_state, said, by, attempts -> -1 AS last, now
                FROM chosen CROSS JOIN moment
                CROSS JOIN LATERAL (SELECT * FROM run WHERE id = chosen.id LIMIT 1 FOR UPDATE) r
            ), gone AS (
                DELETE FROM run WHERE id = ANY (ARRAY(SELECT id FROM facts))
            ), moved AS (
                INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, caused_by, schedule_id,
                    nominal_at, due_at, parameters, predicted_seconds, created_at, ready_at, epoch, attempt, node_id,
                    started_at, ended_at, exit_code, message, cancel_requested_at, cancel_requested_by, attempts, adjustment,
                    decision_id, priority, deadline_at)
                SELECT id, final_state, job_id, job_version, queue_id, cause, caused_by, schedule_id, nominal_at, due_at,
                    parameters, predicted_seconds, created_at, ready_at, epoch + 1, attempt, (last ->> 'node')::bigint,
                    NULL, now, (last ->> 'exitCode')::integer, said,
                    CASE WHEN by IS NOT NULL THEN now END, by, attempts, adjustment, decision_id, priority,
                    deadline_at
                FROM facts
            ), statistics AS (
                INSERT INTO job_statistics AS s (job_id, failed, last_run_id, last_state, last_ended_at, consecutive_failed)
                SELECT job_id, count(*), max(id), (array_agg(final_state ORDER BY id DESC))[1], max(now), count(*)
                FROM facts WHERE final_state IN ('FAILED', 'TIMED_OUT') GROUP BY job_id ORDER BY job_id
                ON CONFLICT (job_id) DO UPDATE SET failed = s.failed + excluded.failed, last_run_id = excluded.last_run_id,
                    last_state = excluded.last_state, last_ended_at = excluded.last_ended_at,
                    consecutive_failed = s.consecutive_failed + excluded.consecutive_failed
            )""" + EndSignals.SQL + """
            , minutes AS (
                INSERT INTO run_minute AS m (minute, queue_id, state, runs, wait_seconds, run_seconds)
                SELECT date_trunc('minute', now, 'UTC'), queue_id, final_state, count(*), 0, 0
                FROM facts GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                ON CONFLICT (minute, queue_id, state, shard) DO UPDATE SET runs = m.runs + excluded.runs
            )
            SELECT id, job_id, queue_id, schedule_id, cause, final_state AS state FROM facts
            """;
    }
}

package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.LockReleases;
import io.yardmaster.run.EndedRun;
import java.util.List;

/** Ends runs that have waited for a condition for longer than their jobs allow, or lets them go without it, as their jobs say. */
public final class ConditionTimeouts {
    public static final int LARGEST_BATCH = 500;

    /** Index {@code lock_ticket_until}. */
    private static final String OVER = """
            SELECT run_id FROM lock_ticket WHERE until <= (SELECT clock_timestamp()) AND refused ORDER BY until LIMIT :limit
            """;

    /** Indexes {@code run_pkey}, {@code lock_ticket_by_run}. The gates and locks have been locked before. */
    private static final String END = WaitingEnds.sql("""
            chosen AS MATERIALIZED (
                SELECT r.id, CASE t.otherwise WHEN 'SKIP' THEN 'SKIPPED' ELSE 'FAILED' END AS final_state, CAST(NULL AS text) AS by,
                    'waited longer than ' || round(extract(epoch FROM t.until - r.ready_at)) || ' s for the condition ' || t.name AS said
                FROM run r CROSS JOIN LATERAL (
                    SELECT t.until, t.otherwise, l.namespace || '/' || l.name AS name
                    FROM lock_ticket t JOIN lock l ON l.id = t.lock_id
                    WHERE t.run_id = r.id AND t.until <= clock_timestamp() AND t.refused AND t.otherwise <> 'RUN'
                    ORDER BY t.until LIMIT 1) t
                WHERE r.id = ANY (:runs) AND r.state = 'BLOCKED' AND r.blocked_reason = 'LOCK'
                ORDER BY r.id FOR UPDATE OF r SKIP LOCKED
            )""");

    private final AttemptEnds ends;

    public ConditionTimeouts(AttemptEnds ends) {
        this.ends = ends;
    }

    /** @return how many have waited too long, at most {@link #LARGEST_BATCH} */
    public int end(Transaction transaction) {
        List<Long> runs = transaction
                .sql()
                .createQuery(OVER)
                .bind("limit", LARGEST_BATCH)
                .mapTo(Long.class)
                .list();
        if (runs.isEmpty()) {
            return 0;
        }
        List<Long> gates = Gates.hold(transaction, runs);
        LockReleases.hold(transaction, runs);
        List<EndedRun> ended = transaction
                .sql()
                .createQuery(END)
                .bindArray("runs", Long.class, runs)
                .map((row, context) -> AttemptEnds.ended(row))
                .list();
        Gates.wake(transaction, gates);
        LockReleases.release(transaction, ended.stream().map(EndedRun::id).toList());
        Conditions.waive(transaction, runs);
        ends.tell(transaction, ended);
        return runs.size();
    }
}

package io.yardmaster.queue;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import java.util.List;

/** Keeps waiting runs back, and lets them go again. */
public final class Holding {
    /** Index {@code run_pkey}. A run that is being offered at this moment is waited for, and is on a node then. */
    private static final String HOLD = """
            WITH waiting AS MATERIALIZED (
                SELECT id FROM run WHERE id = ANY (:runs) AND state IN ('QUEUED', 'BLOCKED') ORDER BY id FOR UPDATE
            )
            UPDATE run r SET state = 'HELD', generation = NULL, blocked_before = r.blocked_reason, blocked_reason = NULL,
                held_at = clock_timestamp(), held_by = :by, held_reason = :reason
            FROM waiting WHERE r.id = waiting.id
            RETURNING r.id
            """;

    /** Index {@code run_pkey}. Queues before runs; a run that was moved between the two is left to the next look. */
    private static final String RELEASE = """
            WITH queue AS MATERIALIZED (
                SELECT q.id, q.policy, q.order_factor FROM queue q
                WHERE q.id IN (SELECT queue_id FROM run WHERE id = ANY (:runs) AND state = 'HELD')
                ORDER BY q.id FOR KEY SHARE
            ), held AS MATERIALIZED (
                SELECT id, queue_id, blocked_before, wake_at FROM run
                WHERE id = ANY (:runs) AND state = 'HELD' AND queue_id = ANY (ARRAY(SELECT id FROM queue))
                ORDER BY id FOR UPDATE
            ), moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM (SELECT count(*) FROM held) locked
            ), released AS (
                SELECT held.*, now, policy, order_factor, held.blocked_before IS NOT NULL AND (held.wake_at > now) IS TRUE AS later
                FROM held CROSS JOIN moment JOIN queue ON queue.id = held.queue_id
            )
            UPDATE run r SET state = CASE WHEN later THEN 'BLOCKED' ELSE 'QUEUED' END,
                generation = CASE WHEN NOT later THEN ready_generation() END,
                blocked_reason = CASE WHEN later THEN f.blocked_before END,
                wake_at = CASE WHEN later THEN f.wake_at END,
                ready_at = CASE WHEN later THEN r.ready_at ELSE now END,
                order_key = CASE WHEN later THEN r.order_key ELSE order_key(
                    policy, order_factor, now, r.priority, r.predicted_seconds, r.deadline_at) END,
                blocked_before = NULL, held_at = NULL, held_by = NULL, held_reason = NULL
            FROM released f WHERE r.id = f.id
            RETURNING r.id
            """;

    /**
     * Holds those of {@code runs} that are ready or blocked.
     *
     * @param by account that asks
     * @param reason in its words; empty for none
     * @return which
     */
    public List<Long> hold(Transaction transaction, List<Long> runs, String by, String reason) {
        List<Long> gates = Gates.hold(transaction, runs);
        LockReleases.hold(transaction, runs);
        List<Long> held = transaction
                .sql()
                .createQuery(HOLD)
                .bindArray("runs", Long.class, runs)
                .bind("by", by)
                .bind("reason", reason)
                .mapTo(Long.class)
                .list();
        Gates.wake(transaction, gates);
        LockReleases.release(transaction, held);
        return held;
    }

    /**
     * Lets those of {@code runs} that are held become ready at this moment, or wait on for the instant that they waited for
     * if that lies ahead.
     *
     * @return which
     */
    public List<Long> release(Transaction transaction, List<Long> runs) {
        transaction.announce(Channel.RUNS_READY);
        return transaction
                .sql()
                .createQuery(RELEASE)
                .bindArray("runs", Long.class, runs)
                .mapTo(Long.class)
                .list();
    }
}

package io.yardmaster.queue;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gives waiting runs to another queue. */
public final class Moving {
    /** The order of row locks: queue, gates, locks, runs. */
    private static final String HOLD_QUEUE = "SELECT id FROM queue WHERE id = :queue FOR KEY SHARE";

    /** Index {@code run_pkey}. The queue before the runs. What was ready keeps the time since when it is; what
     * waited for a lock is ready, and takes its place there anew. */
    private static final String MOVE = """
            WITH target AS MATERIALIZED (
                SELECT id, policy, order_factor FROM queue WHERE id = :queue AND archived_at IS NULL FOR KEY SHARE
            ), waiting AS MATERIALIZED (
                SELECT id, queue_id FROM run
                WHERE id = ANY (:runs) AND state IN ('QUEUED', 'BLOCKED', 'HELD') AND queue_id <> (SELECT id FROM target)
                ORDER BY id LIMIT :room FOR UPDATE
            )
            UPDATE run r SET queue_id = target.id, state = CASE WHEN r.blocked_reason = 'LOCK' THEN 'QUEUED' ELSE r.state END,
                generation = CASE WHEN r.blocked_reason = 'LOCK' THEN ready_generation() ELSE r.generation END,
                blocked_reason = nullif(r.blocked_reason, 'LOCK'), order_key = CASE WHEN r.ready_at IS NULL THEN r.order_key
                ELSE order_key(target.policy, target.order_factor, r.ready_at, r.priority, r.predicted_seconds, r.deadline_at) END
            FROM waiting, target WHERE r.id = waiting.id
            RETURNING r.id, waiting.queue_id AS before
            """;

    /** Moves those of {@code runs} that wait in another queue to {@code queue}, as far as it has room. @return which, and the queue of each before */
    public Map<Long, Long> move(Transaction transaction, List<Long> runs, long queue) {
        transaction.announce(Channel.RUNS_READY);
        transaction
                .sql()
                .createQuery(HOLD_QUEUE)
                .bind("queue", queue)
                .mapTo(Long.class)
                .list();
        Integer room = QueueRoom.left(transaction, queue);
        List<Long> gates = Gates.hold(transaction, runs);
        LockReleases.hold(transaction, runs);
        Map<Long, Long> moved = transaction
                .sql()
                .createQuery(MOVE)
                .bindArray("runs", Long.class, runs)
                .bind("queue", queue)
                .bindByType("room", room, Integer.class)
                .map((row, context) -> Map.entry(row.getLong("id"), row.getLong("before")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Gates.wake(transaction, gates);
        LockReleases.release(transaction, moved.keySet());
        return moved;
    }
}

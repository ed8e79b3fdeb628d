package io.yardmaster.queue;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The order in which runs wait, where it changes: by another policy of their queue, or another priority of theirs. */
public final class RunOrder {
    /**
     * Reads the table once, and locks in its order, which all but is that of ids. Those on nodes have a place too, to be given
     * back to, and those that wait at the gate of their job or for a lock keep theirs; what else is blocked or held gets its key when it
     * becomes ready. The caller has locked the queue, so that no run is born meanwhile by what it was.
     */
    static final String RECOMPUTE = """
            UPDATE run r SET order_key =
                order_key(q.policy, q.order_factor, r.ready_at, r.priority, r.predicted_seconds, r.deadline_at)
            FROM queue q WHERE q.id = :queue AND r.queue_id = q.id AND r.state <> 'HELD'
                AND (r.state <> 'BLOCKED' OR r.blocked_reason IN ('GATE', 'LOCK'))
            """;

    /** Before the rows of locks. */
    private static final String HOLD_QUEUES = """
            SELECT id FROM queue WHERE id IN (SELECT queue_id FROM run WHERE id = ANY (:runs)) ORDER BY id FOR KEY SHARE
            """;

    /** Index {@code run_pkey}. The queues before the runs. What waited for a lock is ready, and takes its place there anew. */
    private static final String REPRIORITISE = """
            WITH queue AS MATERIALIZED (
                SELECT q.id, q.policy, q.order_factor FROM queue q
                WHERE q.id IN (SELECT queue_id FROM run WHERE id = ANY (:runs)) ORDER BY q.id FOR KEY SHARE
            ), waiting AS MATERIALIZED (
                SELECT id, priority FROM run
                WHERE id = ANY (:runs) AND state IN ('QUEUED', 'BLOCKED', 'HELD') AND priority <> :priority
                    AND queue_id = ANY (ARRAY(SELECT id FROM queue))
                ORDER BY id FOR UPDATE
            )
            UPDATE run r SET priority = :priority, state = CASE WHEN r.blocked_reason = 'LOCK' THEN 'QUEUED' ELSE r.state END,
                generation = CASE WHEN r.blocked_reason = 'LOCK' THEN ready_generation() ELSE r.generation END,
                blocked_reason = nullif(r.blocked_reason, 'LOCK'), order_key =
                CASE WHEN queue.policy = 'PRIORITY' AND r.ready_at IS NOT NULL THEN order_key(queue.policy, queue.order_factor, r.ready_at, CAST(:priority AS smallint),
                               r.predicted_seconds, r.deadline_at)
                ELSE r.order_key END
            FROM waiting, queue WHERE r.id = waiting.id AND queue.id = r.queue_id
            RETURNING r.id, waiting.priority AS before
            """;

    private RunOrder() {}

    /**
     * Gives the runs of {@code queue}, which the caller holds {@code FOR UPDATE}, their places under its order as it is now.
     *
     * @param order what it is now
     */
    static void recompute(Transaction transaction, long queue, QueueOrder order) {
        transaction.announce(Channel.RUNS_READY);
        hold(transaction, queue);
        if (order.policy().equals(OrderPolicy.FAIR.name())) {
            FairTags.begin(transaction, queue);
        } else {
            transaction.sql().createUpdate(RECOMPUTE).bind("queue", queue).execute();
        }
    }

    /** Nobody gives out runs of {@code queue} meanwhile. */
    static void hold(Transaction transaction, long queue) {
        transaction
                .sql()
                .createQuery("SELECT queue_id FROM queue_state WHERE queue_id = :queue FOR UPDATE")
                .bind("queue", queue)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Gives those of {@code runs} that wait another priority, and the place that goes with it.
     *
     * @param priority −50 to 50
     * @return which had another one before, and which
     */
    public static Map<Long, Integer> reprioritise(Transaction transaction, List<Long> runs, int priority) {
        transaction.announce(Channel.RUNS_READY);
        transaction
                .sql()
                .createQuery(HOLD_QUEUES)
                .bindArray("runs", Long.class, runs)
                .mapTo(Long.class)
                .list();
        LockReleases.hold(transaction, runs);
        Map<Long, Integer> changed = transaction
                .sql()
                .createQuery(REPRIORITISE)
                .bindArray("runs", Long.class, runs)
                .bind("priority", priority)
                .map((row, context) -> Map.entry(row.getLong("id"), row.getInt("before")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        LockReleases.release(transaction, changed.keySet());
        return changed;
    }
}

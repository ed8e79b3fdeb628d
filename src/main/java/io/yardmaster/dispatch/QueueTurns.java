package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.List;

/**
 * Which queue is served next, and with how much. Queues have turns in the order of what they have had in proportion to
 * their weight, each at most its share of the free slots; what one leaves over, the next pass gives to the others.
 */
final class QueueTurns {
    /**
     * One look-up of indexes {@code run_to_dispatch} and {@code run_paused} per queue. A queue that was idle starts where the
     * others stand: it saves nothing up. One that is paused gives nothing out, but what it has on nodes goes on.
     */
    static final String WAITING = """
            SELECT q.id, q.weight, w.ready, w.paused, greatest(s.turn, (SELECT max(turn_began) FROM queue_state)) AS turn
            FROM queue q JOIN queue_state s ON s.queue_id = q.id
            CROSS JOIN LATERAL (SELECT
                q.paused_at IS NULL AND (SELECT true FROM run r WHERE r.queue_id = q.id AND r.state = 'QUEUED'
                    ORDER BY r.need_id, r.order_key, r.id LIMIT 1) IS NOT NULL AS ready,
                (SELECT true FROM run r WHERE r.queue_id = q.id AND r.state = 'PAUSED'
                    ORDER BY r.order_key, r.id LIMIT 1) IS NOT NULL AS paused) AS w
            WHERE q.archived_at IS NULL AND (w.ready OR w.paused)
            ORDER BY 5, q.id
            """;

    private QueueTurns() {}

    static List<QueueTurn> waiting(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(WAITING)
                .map((row, context) -> new QueueTurn(
                        row.getLong("id"),
                        row.getInt("weight"),
                        row.getBoolean("ready"),
                        row.getBoolean("paused"),
                        row.getLong("turn")))
                .list();
    }

    /** At least 1, so that a queue of small weight is served too. */
    static int share(QueueTurn turn, List<QueueTurn> all, int free) {
        long weights = all.stream().mapToLong(QueueTurn::weight).sum();
        return (int) ((free * (long) turn.weight() + weights - 1) / weights);
    }
}

package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.List;

/**
 * Which queue is served next, and with how much. Queues have turns in the order of what they have had in proportion to
 * their weight, each at most its share of the free slots; what one leaves over, the next pass gives to the others.
 */
final class QueueTurns {
    /** What one run adds to the turn of a queue of weight 1. */
    private static final long RUN = 1_000_000;

    /**
     * One look-up of index {@code run_to_dispatch} per queue. A queue that was idle starts where the others stand: it
     * saves nothing up.
     */
    static final String WAITING = """
            SELECT q.id, q.weight, greatest(s.turn, (SELECT max(turn_began) FROM queue_state)) AS turn
            FROM queue q JOIN queue_state s ON s.queue_id = q.id
            CROSS JOIN LATERAL (
                SELECT FROM run r WHERE r.queue_id = q.id AND r.state = 'QUEUED'
                ORDER BY r.order_key, r.id LIMIT 1) AS head
            WHERE q.paused_at IS NULL AND q.archived_at IS NULL
            ORDER BY 3, q.id
            """;

    private QueueTurns() {}

    static List<QueueTurn> waiting(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(WAITING)
                .map((row, context) -> new QueueTurn(row.getLong("id"), row.getInt("weight"), row.getLong("turn")))
                .list();
    }

    /** At least 1, so that a queue of small weight is served too. */
    static int share(QueueTurn turn, List<QueueTurn> all, int free) {
        long weights = all.stream().mapToLong(QueueTurn::weight).sum();
        return (int) ((free * (long) turn.weight() + weights - 1) / weights);
    }

    /** Where the queue stands once it has got {@code offered} runs out. */
    static long after(QueueTurn turn, int offered) {
        return turn.turn() + offered * RUN / turn.weight();
    }
}

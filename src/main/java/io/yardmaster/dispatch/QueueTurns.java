package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.List;

/**
 * Which queue is served next, and with how much. Queues have turns in the order of what they have had in proportion to
 * their weight, each at most its share of the free slots; what one leaves over, the next pass gives to the others.
 */
final class QueueTurns {
    /**
     * One look-up of indexes {@code run_to_dispatch}, for each open generation, and {@code run_paused} per queue. A queue that was idle starts where the
     * others stand: it saves nothing up. One that is paused gives nothing out, but what it has on nodes goes on, and its runs have their places. What was
     * paused by hand wants nothing.
     */
    static final String WAITING = """
            SELECT q.id, q.weight, w.ready, w.paused, w.untagged, greatest(s.turn, (SELECT max(turn_began) FROM queue_state)) AS turn
            FROM queue q JOIN queue_state s ON s.queue_id = q.id CROSS JOIN ready_generations g
            CROSS JOIN LATERAL (SELECT
                q.paused_at IS NULL AND (
                    SELECT true FROM unnest(g.open) AS o (generation) CROSS JOIN LATERAL (
                        SELECT FROM run r WHERE r.queue_id = q.id AND r.generation = o.generation AND r.state = 'QUEUED'
                        ORDER BY r.need_id, r.order_key, r.id LIMIT 1) head LIMIT 1) IS NOT NULL AS ready,
                (SELECT true FROM run r WHERE r.queue_id = q.id AND r.state = 'PAUSED' AND r.paused_by IS NULL
                    ORDER BY r.order_key, r.id LIMIT 1) IS NOT NULL AS paused,
                CASE WHEN q.policy = 'FAIR' THEN EXISTS (
                    SELECT FROM waiting_lines(q.id) l CROSS JOIN LATERAL (
                        SELECT r.order_key FROM run r
                        WHERE r.queue_id = q.id AND r.generation = l.generation AND r.need_id = l.need AND r.state = 'QUEUED'
                        ORDER BY r.order_key DESC, r.id DESC LIMIT 1) AS last
                    WHERE last.order_key = 9223372036854775807 OR s.tags_mended_at < clock_timestamp() - interval '10 s')
                ELSE false END AS untagged) AS w
            WHERE q.archived_at IS NULL AND (w.ready OR w.paused OR w.untagged)
            ORDER BY 6, q.id
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
                        row.getBoolean("untagged"),
                        row.getLong("turn")))
                .list();
    }

    /** At least 1, so that a queue of small weight is served too. */
    static int share(QueueTurn turn, List<QueueTurn> all, int free) {
        long weights = all.stream().mapToLong(QueueTurn::weight).sum();
        return (int) ((free * (long) turn.weight() + weights - 1) / weights);
    }
}

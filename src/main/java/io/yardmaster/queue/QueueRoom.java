package io.yardmaster.queue;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps queues that have a limit from having more waiting runs. Whoever brings one in counts under the queue's row: births hold
 * it {@code FOR KEY SHARE} until then, which keeps nobody out, so that only those into one such queue wait for each other. What
 * is there already is never ended by it.
 */
public final class QueueRoom {
    /** Index {@code queue_pkey}. */
    private static final String LOCK = """
            SELECT id FROM queue
            WHERE id = ANY (ARRAY(SELECT DISTINCT queue_id FROM run WHERE id = ANY (:runs))) AND max_waiting IS NOT NULL
            ORDER BY id FOR NO KEY UPDATE
            """;

    /** The last of the newborn, as many as are too many (index {@code run_pkey}). */
    private static final String BEYOND = """
            WITH born AS MATERIALIZED (
                SELECT queue_id, array_agg(id ORDER BY id) AS ids, CAST(count(*) AS integer) AS n
                FROM run WHERE id = ANY (:runs) GROUP BY queue_id
            ), filled AS MATERIALIZED (
                SELECT b.ids, b.n, q.namespace || '/' || q.name AS queue, q.max_waiting,
                       CAST(waiting_runs(q.id, q.max_waiting + b.n) AS integer) - q.max_waiting AS beyond
                FROM born b JOIN queue q ON q.id = b.queue_id AND q.max_waiting IS NOT NULL
            )
            SELECT queue, max_waiting, ids[n - beyond + 1 :] AS beyond FROM filled WHERE beyond > 0
            """;

    private static final String LIMIT = """
            SELECT namespace || '/' || name AS queue, max_waiting FROM queue
            WHERE id = :queue AND max_waiting IS NOT NULL FOR NO KEY UPDATE
            """;

    private QueueRoom() {}

    private record Limit(String queue, int most) {
        private static Limit of(ResultSet row) throws SQLException {
            return new Limit(row.getString("queue"), row.getInt("max_waiting"));
        }

        Conflict full() {
            return new Conflict("conflict.queue.full", queue, most);
        }

        /** The console puts this sentence into its reader's language: {@code Told}. */
        String said() {
            return "skipped, since as many runs as may (" + most + ") waited in queue " + queue;
        }
    }

    /**
     * Ends those of {@code runs}, which were born in this transaction into queues with limits, that are too many.
     *
     * @return which
     */
    static Set<Long> skip(Transaction transaction, List<Long> runs) {
        Map<Long, Limit> beyond = beyond(transaction, runs);
        Map<Long, String> saids = new HashMap<>();
        beyond.forEach((run, limit) -> saids.put(run, limit.said()));
        WaitingEnds.skip(transaction, saids);
        return saids.keySet();
    }

    /**
     * Lets {@code run}, which was born in this transaction into a queue with a limit, be unless it is too many.
     *
     * @throws Conflict if it is; then there is no such run, and the transaction may go on
     */
    static void demand(Transaction transaction, long run) {
        Limit limit = beyond(transaction, List.of(run)).get(run);
        if (limit != null) {
            transaction
                    .sql()
                    .createUpdate("DELETE FROM run WHERE id = :run")
                    .bind("run", run)
                    .execute();
            throw limit.full();
        }
    }

    /** How many more may come to wait in the queue before this transaction ends; null for any number. */
    public static Integer left(Transaction transaction, long queue) {
        return limit(transaction, queue)
                .map(limit -> left(transaction, queue, limit))
                .orElse(null);
    }

    /** @throws Conflict if no more may come to wait in the queue */
    public static void demandAny(Transaction transaction, long queue) {
        limit(transaction, queue)
                .filter(limit -> left(transaction, queue, limit) == 0)
                .ifPresent(limit -> {
                    throw limit.full();
                });
    }

    private static Optional<Limit> limit(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery(LIMIT)
                .bind("queue", queue)
                .map((row, context) -> Limit.of(row))
                .findFirst();
    }

    private static int left(Transaction transaction, long queue, Limit limit) {
        return transaction
                .sql()
                .createQuery("SELECT :most - waiting_runs(:queue, :most)")
                .bind("queue", queue)
                .bind("most", limit.most())
                .mapTo(Integer.class)
                .one();
    }

    private static Map<Long, Limit> beyond(Transaction transaction, List<Long> runs) {
        Map<Long, Limit> beyond = new HashMap<>();
        if (runs.isEmpty()) {
            return beyond;
        }
        transaction
                .sql()
                .createQuery(LOCK)
                .bindArray("runs", Long.class, runs)
                .mapTo(Long.class)
                .list();
        // in a statement of its own, which sees what others had brought in before we got the lock
        transaction
                .sql()
                .createQuery(BEYOND)
                .bindArray("runs", Long.class, runs)
                .map((row, context) -> {
                    Limit limit = Limit.of(row);
                    for (Long run : (Long[]) row.getArray("beyond").getArray()) {
                        beyond.put(run, limit);
                    }
                    return limit;
                })
                .list();
        return beyond;
    }
}

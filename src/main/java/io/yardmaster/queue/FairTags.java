package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import java.util.List;

/**
 * The order keys of queues under FAIR: start tags (start-time fair queueing, Goyal et al. 1996). A run is born with the last
 * place, {@link #NONE}, so that births wait for nobody; before the queue is served, whoever holds its row of
 * {@code queue_state} gives tags to what has none. A run's tag is where its share stands, or how far the queue is if that is
 * more, and the share then stands further by the run's cost.
 */
public final class FairTags {
    static final long NONE = Long.MAX_VALUE;

    /** So that no transaction is long. */
    static final int LARGEST_BATCH = 10_000;

    private static final String HOLD = """
            SELECT s.virtual_time, s.tags_mended_at < clock_timestamp() - interval '10 s' AS mend, s.swept_key, s.swept_run
            FROM queue_state s JOIN queue q ON q.id = s.queue_id
            WHERE s.queue_id = :queue AND q.policy = 'FAIR' FOR UPDATE OF s SKIP LOCKED
            """;

    /** Index {@code run_to_dispatch}. What somebody is changing at this moment gets its tag the next time. */
    private static final String NEXT = place(
            "r.ready_at",
            "AND order_key = 9223372036854775807 ORDER BY order_key, id LIMIT :most FOR UPDATE SKIP LOCKED",
            "f.finish_tag",
            ">");

    /** All anew; the caller keeps out births and dispatchers. */
    private static final String ALL = place("r.ready_at", "", "f.finish_tag", "<>");

    private static final String RESET = """
            WITH gone AS (DELETE FROM fair_share WHERE queue_id = :queue)
            UPDATE queue_state SET virtual_time = 0, tags_mended_at = clock_timestamp(), swept_key = NULL, swept_run = NULL
            WHERE queue_id = :queue
            """;

    /** What is given back from its node comes first, since its share has had it. */
    private static final String NOT_READY = """
            UPDATE run SET order_key = CASE WHEN session_id IS NULL THEN 9223372036854775807 ELSE 0 END
            WHERE queue_id = :queue AND state NOT IN ('QUEUED', 'HELD') AND (state <> 'BLOCKED' OR blocked_reason IN ('GATE', 'LOCK'))
            """;

    /** Index {@code run_pkey}. What had no tag yet went beside the order, and is not counted. */
    private static final String SERVED = """
            WITH given AS MATERIALIZED (
                SELECT CASE q.fair_by WHEN 'JOB' THEN CAST(j.id AS text) ELSE j.namespace END AS share, r.order_key AS tag,
                       r.order_key + fair_cost(r.predicted_seconds, r.slots) AS finish
                FROM queue q CROSS JOIN run r JOIN job j ON j.id = r.job_id
                WHERE q.id = :queue AND r.id = ANY (:runs) AND r.order_key < 9223372036854775807
            ), served AS (
                UPDATE fair_share f SET served_tag = greatest(f.served_tag, g.finish)
                FROM (SELECT share, max(finish) AS finish FROM given GROUP BY share) g
                WHERE f.queue_id = :queue AND f.share = g.share
            )
            UPDATE queue_state SET virtual_time = greatest(virtual_time, (SELECT max(tag) FROM given))
            WHERE queue_id = :queue
            """;

    private FairTags() {}

    private record Held(boolean mend, FairMending mending) {}

    /**
     * Gives tags to ready runs of {@code queue} that have none; every 10 s those that lie ahead are looked at, since what was
     * cancelled, held or moved leaves gaps that its share would wait through. Nothing while somebody else serves the queue.
     *
     * @return whether there may be more to do
     */
    public static boolean give(Transaction transaction, long queue) {
        Held held = transaction
                .sql()
                .createQuery(HOLD)
                .bind("queue", queue)
                .map((row, context) -> new Held(row.getBoolean("mend"), FairMending.of(row)))
                .findFirst()
                .orElse(null);
        if (held == null) {
            return false;
        }
        if (held.mend()) {
            return held.mending().step(transaction, queue);
        }
        int given = transaction
                .sql()
                .createUpdate(NEXT)
                .bind("queue", queue)
                .bind("most", LARGEST_BATCH)
                .execute();
        return given >= LARGEST_BATCH;
    }

    /** Counts what {@code runs} take; they were just offered by the caller, who holds the queue's row of {@code queue_state}. */
    public static void served(Transaction transaction, long queue, List<Long> runs) {
        transaction
                .sql()
                .createUpdate(SERVED)
                .bind("queue", queue)
                .bindArray("runs", Long.class, runs)
                .execute();
    }

    /** Begins anew with the runs that wait now. The caller holds both rows of {@code queue}. @return how many are ready */
    static int begin(Transaction transaction, long queue) {
        transaction.sql().createUpdate(RESET).bind("queue", queue).execute();
        transaction.sql().createUpdate(NOT_READY).bind("queue", queue).execute();
        return transaction.sql().createUpdate(ALL).bind("queue", queue).execute();
    }

    /**
     * Lets runs of each share follow upon each other.
     *
     * @param order of the runs of a share
     * @param which of a line
     * @param stands where a share {@code f} does before them
     * @param changed how the key of a run stands to the tag if it is to have it
     */
    static String place(String order, String which, String stands, String changed) {
        return """
            WITH found AS MATERIALIZED (
                SELECT r.id, r.order_key, r.ready_at, fair_cost(r.predicted_seconds, n.slots) AS cost,
                       CASE q.fair_by WHEN 'JOB' THEN CAST(j.id AS text) ELSE j.namespace END AS share
                FROM queue q CROSS JOIN waiting_lines(:queue) l JOIN need n ON n.id = l.need CROSS JOIN LATERAL (
                    SELECT id, order_key, ready_at, predicted_seconds, job_id FROM run
                    WHERE queue_id = :queue AND generation = l.generation AND need_id = n.id AND state = 'QUEUED'
                    %2$s) r
                JOIN job j ON j.id = r.job_id
                WHERE q.id = :queue AND q.policy = 'FAIR'
            ), placed AS MATERIALIZED (
                SELECT r.id, r.order_key, r.share, r.cost, s.swept_key, s.swept_run,
                    CAST(greatest(s.virtual_time, %3$s) - r.cost
                    + sum(r.cost) OVER (PARTITION BY r.share ORDER BY %1$s, r.id ROWS UNBOUNDED PRECEDING) AS bigint) AS tag
                FROM found r JOIN queue_state s ON s.queue_id = :queue
                LEFT JOIN fair_share f ON f.queue_id = :queue AND f.share = r.share
            ), kept AS (
                INSERT INTO fair_share AS f (queue_id, share, finish_tag, swept_tag)
                SELECT :queue, share, max(tag + cost),
                    coalesce(max(tag + cost) FILTER (WHERE (tag, id) < (swept_key, swept_run)), 0)
                FROM placed GROUP BY share
                ON CONFLICT (queue_id, share) DO UPDATE SET finish_tag = greatest(f.finish_tag, excluded.finish_tag),
                    swept_tag = greatest(f.swept_tag, excluded.swept_tag)
            )
            UPDATE run r SET order_key = p.tag FROM placed p WHERE r.id = p.id AND r.order_key %4$s p.tag
            """.formatted(order, which, stands, changed);
    }
}

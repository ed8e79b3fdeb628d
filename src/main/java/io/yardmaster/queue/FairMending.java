package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Closes the gaps in the tags of one queue's ready runs, from its head to its end, and so many at a time as keep a
 * transaction short. What becomes ready meanwhile is placed behind all of its share, and counted where the mending has
 * been already. At the end each share stands where the last of its runs does, or where it was served.
 *
 * @param virtualTime how far the queue is
 * @param reached the run that is next; null at the beginning
 */
record FairMending(long virtualTime, Place reached) {
    private static final Place END = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Of one line at least, if there are many. */
    private static final int FEWEST = 1000;

    private static final String BEGIN =
            "UPDATE fair_share SET swept_tag = served_tag WHERE queue_id = :queue AND swept_tag <> served_tag";

    /** The first that is left to the next step, of whichever line. Index {@code run_to_dispatch}. */
    private static final String NEXT = """
            WITH lines AS MATERIALIZED (
                SELECT * FROM waiting_lines(:queue)
            )
            SELECT r.order_key, r.id FROM lines l CROSS JOIN LATERAL (
                SELECT order_key, id FROM run
                WHERE queue_id = :queue AND generation = l.generation AND need_id = l.need AND state = 'QUEUED'
                    AND (order_key, id) >= (:fromKey, :fromRun)
                ORDER BY order_key, id OFFSET greatest(:fewest, :most / (SELECT count(*) FROM lines)) LIMIT 1) r
            ORDER BY 1, 2 LIMIT 1
            """;

    private static final String REACH = """
            UPDATE queue_state SET swept_key = :key, swept_run = :run,
                tags_mended_at = clock_timestamp() - interval '9 s'
            WHERE queue_id = :queue
            """;

    /** Index {@code run_to_dispatch}. What somebody is changing at this moment keeps its tag. */
    private static final String MEND = FairTags.place("r.order_key, r.ready_at", """
            AND (order_key, id) >= (:fromKey, :fromRun) AND (order_key, id) < (:key, :run)
            ORDER BY order_key, id FOR UPDATE SKIP LOCKED""", "f.swept_tag, f.served_tag", ">");

    private static final String FINISH = """
            WITH shares AS (
                UPDATE fair_share SET finish_tag = greatest(swept_tag, served_tag)
                WHERE queue_id = :queue AND finish_tag <> greatest(swept_tag, served_tag)
            )
            UPDATE queue_state SET swept_key = NULL, swept_run = NULL, tags_mended_at = clock_timestamp() WHERE queue_id = :queue
            """;

    /** Of a run in its queue. */
    private record Place(long key, long run) {
        private static Place of(ResultSet row, String key, String run) throws SQLException {
            return new Place(row.getLong(key), row.getLong(run));
        }
    }

    static FairMending of(ResultSet row) throws SQLException {
        Place reached = row.getObject("swept_key") == null ? null : Place.of(row, "swept_key", "swept_run");
        return new FairMending(row.getLong("virtual_time"), reached);
    }

    /** The caller holds the queue's row of {@code queue_state}. @return whether there is more, a second later */
    boolean step(Transaction transaction, long queue) {
        if (reached == null) {
            transaction.sql().createUpdate(BEGIN).bind("queue", queue).execute();
        }
        Place from = reached == null || reached.key() < virtualTime ? new Place(virtualTime, 0) : reached;
        Optional<Place> next = next(transaction, queue, from);
        Place to = next.orElse(END);
        reach(transaction, queue, to);
        transaction
                .sql()
                .createUpdate(MEND)
                .bind("queue", queue)
                .bind("fromKey", from.key())
                .bind("fromRun", from.run())
                .bind("key", to.key())
                .bind("run", to.run())
                .execute();
        if (next.isEmpty()) {
            transaction.sql().createUpdate(FINISH).bind("queue", queue).execute();
        }
        return next.isPresent();
    }

    private static Optional<Place> next(Transaction transaction, long queue, Place from) {
        return transaction
                .sql()
                .createQuery(NEXT)
                .bind("queue", queue)
                .bind("fromKey", from.key())
                .bind("fromRun", from.run())
                .bind("fewest", FEWEST)
                .bind("most", FairTags.LARGEST_BATCH)
                .map((row, context) -> Place.of(row, "order_key", "id"))
                .findFirst();
    }

    private static void reach(Transaction transaction, long queue, Place place) {
        transaction
                .sql()
                .createUpdate(REACH)
                .bind("queue", queue)
                .bind("key", place.key())
                .bind("run", place.run())
                .execute();
    }
}

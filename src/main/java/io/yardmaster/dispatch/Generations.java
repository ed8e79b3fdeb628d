package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Opens and closes the generations of ready runs, so that looks at the head of a queue stay short though an open transaction keeps
 * readable what was there before. Why nothing can be lost by it stands in the migration that made them. Every server has
 * one; they agree through the row's lock.
 */
final class Generations {
    /** Ids drawn since the last was opened, by runs and others: so many entries are read past in no time. */
    private static final int IDS_BETWEEN = 2_000;

    /** Each open one costs a look-up at each look. */
    private static final int MOST_OPEN = 3;

    /** As many as are taken into the newest generation so that theirs can be closed; more will be given out soon. */
    private static final int MOST_TAKEN_ALONG = 200;

    /** One for opening, one for setting, one for noting before which id, and one for closing. */
    private static final int STEPS = 4;

    private static final String LOOK = """
            SELECT open, open[cardinality(open)] AS newest, pg_sequence_last_value('ready_generation_sequence') AS joined,
                   set_before IS NULL AS unknown, set_before <= pg_snapshot_xmin(pg_current_snapshot()) AS over,
                   (pg_sequence_last_value('id_sequence') - ids_at) & 4194303 AS ids
            FROM ready_generations FOR UPDATE SKIP LOCKED
            """;

    private static final String OPEN = """
            UPDATE ready_generations SET open = open || :generation, set_before = NULL,
                ids_at = pg_sequence_last_value('id_sequence')
            """;

    private static final String JOIN = "SELECT setval('ready_generation_sequence', :generation)";

    /** In a transaction of its own, whose id is later than that of any which read the number from before. */
    private static final String NOTE = "UPDATE ready_generations SET set_before = pg_current_xact_id()";

    /** Index {@code run_to_dispatch}. */
    private static final String STRAGGLERS = """
            SELECT r.id FROM queue q CROSS JOIN LATERAL (
                SELECT id FROM run WHERE queue_id = q.id AND generation = :generation AND state = 'QUEUED'
                ORDER BY need_id, order_key, id LIMIT :most) r
            LIMIT :most
            """;

    /** Index {@code run_pkey}. They keep their places. */
    private static final String TAKE_ALONG = """
            UPDATE run SET generation = ready_generation() WHERE id = ANY (ARRAY(
                SELECT id FROM run WHERE id = ANY (:runs) AND state = 'QUEUED' ORDER BY id FOR UPDATE SKIP LOCKED))
            """;

    private static final String CLOSE = "UPDATE ready_generations SET open = array_remove(open, :generation)";

    /** What no look would come upon: must find nothing. Index {@code run_to_dispatch}, the whole of it. */
    private static final String SWEEP = """
            WITH lost AS MATERIALIZED (
                SELECT DISTINCT r.generation FROM run r CROSS JOIN ready_generations g
                WHERE r.state = 'QUEUED' AND r.generation <> ALL (g.open)
            )
            UPDATE ready_generations SET open = ARRAY(SELECT unnest(open) UNION SELECT generation FROM lost ORDER BY 1)
            WHERE EXISTS (SELECT FROM lost)
            """;

    private final Database database;

    Generations(Database database) {
        this.database = database;
    }

    /**
     * How they stand.
     *
     * @param joined what becomes ready joins this one, now and after a rollback
     * @param unknown whether it is not known yet since when
     * @param over whether all transactions are over that may know of an older one
     * @param ids drawn since the newest was opened
     */
    private record Standing(List<Long> open, long newest, long joined, boolean unknown, boolean over, long ids) {
        static Standing read(ResultSet row) throws SQLException {
            return new Standing(
                    List.of((Long[]) row.getArray("open").getArray()),
                    row.getLong("newest"),
                    row.getLong("joined"),
                    row.getBoolean("unknown"),
                    row.getBoolean("over"),
                    row.getLong("ids"));
        }
    }

    /** One second's work. */
    void keep() {
        int steps = 0;
        while (database.inTransaction(this::step) && ++steps < STEPS) {
            // each is a transaction of its own
        }
    }

    /** @return how many had to be opened again */
    int sweep() {
        return database.inTransaction(
                transaction -> transaction.sql().createUpdate(SWEEP).execute());
    }

    /** @return whether there may be more to do */
    private boolean step(Transaction transaction) {
        Optional<Standing> held = transaction
                .sql()
                .createQuery(LOOK)
                .map((row, context) -> Standing.read(row))
                .findFirst();
        if (held.isEmpty()) {
            return false;
        }
        Standing now = held.get();
        if (now.joined() > now.newest()) {
            open(transaction, now.joined());
        } else if (now.joined() < now.newest()) {
            transaction
                    .sql()
                    .createQuery(JOIN)
                    .bind("generation", now.newest())
                    .mapTo(Long.class)
                    .one();
        } else if (now.unknown()) {
            transaction.sql().createUpdate(NOTE).execute();
        } else if (now.ids() > IDS_BETWEEN && now.open().size() < MOST_OPEN) {
            open(transaction, now.newest() + 1);
        } else {
            closeAll(transaction, now);
            return false;
        }
        return true;
    }

    private static void open(Transaction transaction, long generation) {
        transaction.sql().createUpdate(OPEN).bind("generation", generation).execute();
    }

    private static void closeAll(Transaction transaction, Standing now) {
        if (!now.over()) {
            return;
        }
        for (long generation : now.open().subList(0, now.open().size() - 1)) {
            List<Long> left = transaction
                    .sql()
                    .createQuery(STRAGGLERS)
                    .bind("generation", generation)
                    .bind("most", MOST_TAKEN_ALONG + 1)
                    .mapTo(Long.class)
                    .list();
            if (left.isEmpty()) {
                transaction
                        .sql()
                        .createUpdate(CLOSE)
                        .bind("generation", generation)
                        .execute();
            } else if (left.size() <= MOST_TAKEN_ALONG) {
                transaction
                        .sql()
                        .createUpdate(TAKE_ALONG)
                        .bindArray("runs", Long.class, left)
                        .execute();
            }
        }
    }
}

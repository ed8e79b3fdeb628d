package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.database.Trouble;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the runs of backfills, on every server alike: what one leaves undone, by whatever death, another does. Each turn
 * looks at what is stored and at nothing else.
 */
public final class Backfilling {
    private static final Logger LOG = LoggerFactory.getLogger(Backfilling.class);

    /** Runs that ended and were not seen to; indexes {@code backfill_instant_started}, {@code run_pkey}. */
    private static final String UNSEEN = """
            SELECT i.run_id FROM backfill_instant i
            WHERE i.state = 'STARTED' AND NOT EXISTS (SELECT FROM run r WHERE r.id = i.run_id)
            ORDER BY i.run_id LIMIT 1000
            """;

    /** Those of which something can be started or said; indexes {@code backfill_under_way}, {@code backfill_instant_under_way}. */
    private static final String TO_SEE_TO = """
            SELECT b.id FROM backfill b
            WHERE b.ended_at IS NULL AND b.parallelism > (
                SELECT count(*) FROM backfill_instant i WHERE i.backfill_id = b.id AND i.state = 'STARTED')
                AND (b.state <> 'STOPPED' OR EXISTS (SELECT FROM job j WHERE j.id = b.job_id AND j.archived_at IS NOT NULL))
            ORDER BY b.id
            """;

    /** Index {@code backfill_under_way}. */
    private static final String COUNT =
            "SELECT state, count(*) AS backfills FROM backfill WHERE ended_at IS NULL GROUP BY state";

    private final Database database;
    private final BackfillStep step = new BackfillStep();

    public Backfilling(Database database) {
        this.database = database;
    }

    /** How many have not ended, by state; what is not in it is none. */
    public static Map<BackfillState, Long> count(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(COUNT)
                .map((row, context) ->
                        Map.entry(BackfillState.valueOf(row.getString("state")), row.getLong("backfills")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Does all that can be done now, one backfill a transaction; one that fails holds up no other. */
    public void turn() {
        database.useTransaction(transaction -> BackfillEnds.mark(
                transaction,
                transaction.sql().createQuery(UNSEEN).mapTo(Long.class).list()));
        List<Long> open = database.inTransaction(transaction ->
                transaction.sql().createQuery(TO_SEE_TO).mapTo(Long.class).list());
        for (long backfill : open) {
            try {
                database.useTransaction(transaction -> step.take(transaction, backfill));
            } catch (RuntimeException failure) {
                if (Trouble.isPassing(failure)) {
                    throw failure;
                }
                LOG.error("backfill {} cannot go on and will be tried again", backfill, failure);
            }
        }
    }
}

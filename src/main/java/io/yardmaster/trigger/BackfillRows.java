package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.util.List;

/** How stored backfills change their state. The caller holds the backfill. */
final class BackfillRows {
    private static final String BECOME = """
            UPDATE backfill SET state = :state,
                ended_at = CASE WHEN :state IN ('CANCELLED', 'FINISHED') THEN clock_timestamp() END
            WHERE id = :id
            """;

    private static final String CANCELLING =
            "UPDATE backfill SET state = 'CANCELLING', cancelled_by = :by WHERE id = :id";

    /** Index {@code backfill_instant_under_way}. */
    private static final String END_IF_CANCELLED = """
            UPDATE backfill SET state = 'CANCELLED', ended_at = clock_timestamp()
            WHERE id = :id AND state = 'CANCELLING' AND NOT EXISTS (
                SELECT FROM backfill_instant i WHERE i.backfill_id = :id AND i.state = 'STARTED')
            """;

    /**
     * Who resumes what a failure has stopped was told of it, and lets it be. What failed since, or during a pause, nobody was
     * told: it stops the backfill as soon as it goes on. {@code least} passes over a null. Index {@code backfill_instant_failed}.
     */
    private static final String GO_ON = """
            UPDATE backfill SET state = 'RUNNING', failures_accepted = (
                SELECT least(count(*), CASE backfill.state WHEN 'STOPPED' THEN CAST(:seen AS integer) ELSE failures_accepted END)
                FROM backfill_instant i WHERE i.backfill_id = :id AND i.state = 'FAILED')
            WHERE id = :id
            """;

    private static final String FORGET_FAILURES = """
            UPDATE backfill_instant SET state = 'PENDING', run_id = NULL, ended_at = NULL
            WHERE backfill_id = :id AND state = 'FAILED'
            """;

    private BackfillRows() {}

    static void become(Transaction transaction, long id, BackfillState state) {
        transaction
                .sql()
                .createUpdate(BECOME)
                .bind("id", id)
                .bind("state", state)
                .execute();
    }

    static void cancelling(Transaction transaction, long id, String by) {
        transaction.sql().createUpdate(CANCELLING).bind("id", id).bind("by", by).execute();
    }

    static void endIfCancelled(Transaction transaction, long id) {
        transaction.sql().createUpdate(END_IF_CANCELLED).bind("id", id).execute();
    }

    static void goOn(Transaction transaction, long id, Integer seen) {
        transaction.sql().createUpdate(GO_ON).bind("id", id).bind("seen", seen).execute();
    }

    static void forgetFailures(Transaction transaction, long id) {
        transaction.sql().createUpdate(FORGET_FAILURES).bind("id", id).execute();
    }

    /** The runs that are under way, by index {@code backfill_instant_under_way}. */
    static List<Long> started(Transaction transaction, long id) {
        return transaction
                .sql()
                .createQuery(
                        "SELECT run_id FROM backfill_instant WHERE backfill_id = :id AND state = 'STARTED' ORDER BY run_id")
                .bind("id", id)
                .mapTo(Long.class)
                .list();
    }
}

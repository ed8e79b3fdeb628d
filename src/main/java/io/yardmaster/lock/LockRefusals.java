package io.yardmaster.lock;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** Blocks runs that locks refuse, and keeps who waits for what. The caller has the rows of the locks. */
final class LockRefusals {
    private static final String BLOCK = """
            UPDATE run SET state = 'BLOCKED', generation = NULL, blocked_reason = 'LOCK' WHERE id = ANY (:runs) AND state = 'QUEUED'
            """;

    /** Index {@code lock_ticket_by_run}. What refuses them no more keeps their places. */
    private static final String KEEP = """
            UPDATE lock_ticket SET refused = false, live = true, called_at = NULL WHERE run_id = ANY (:runs)
            """;

    /** Index {@code lock_ticket_pkey}. */
    private static final String REFUSE = """
            INSERT INTO lock_ticket (lock_id, run_id, queue_id, key, units, claim_id, otherwise, until)
            SELECT lock, run, :queue, key, units, claim, otherwise, CASE WHEN timeout IS NOT NULL THEN
                (SELECT ready_at + timeout * interval '1 second' FROM run WHERE id = t.run) END
            FROM unnest(:locks, :runs, :keys, :units, :claims, :otherwises, :timeouts)
                AS t (lock, run, key, units, claim, otherwise, timeout)
            ON CONFLICT (lock_id, run_id) DO UPDATE SET refused = true, live = true, called_at = NULL
            """;

    private final Transaction transaction;
    private final long queue;

    /** @param queue whose runs they are */
    LockRefusals(Transaction transaction, long queue) {
        this.transaction = transaction;
        this.queue = queue;
    }

    /**
     * Keeps {@code refusals}.
     *
     * @param waiting runs that have tickets already
     * @param claims the claim of each run
     */
    void keep(List<LockDecision.Refusal> refusals, Set<Long> waiting, LongUnaryOperator claims) {
        if (refusals.isEmpty()) {
            return;
        }
        List<Long> runs =
                refusals.stream().map(one -> one.place().run()).distinct().toList();
        update(BLOCK, runs);
        update(KEEP, runs.stream().filter(waiting::contains).toList());
        transaction
                .sql()
                .createUpdate(REFUSE)
                .bind("queue", queue)
                .bindNamedArgumentFinder(Columns.of(refusals)
                        .with("locks", Long.class, one -> one.part().lock())
                        .with("runs", Long.class, one -> one.place().run())
                        .with("keys", Long.class, one -> one.place().key())
                        .with("units", Integer.class, one -> one.part().units())
                        .with(
                                "claims",
                                Long.class,
                                one -> isWait(one)
                                        ? claims.applyAsLong(one.place().run())
                                        : null)
                        .with("otherwises", String.class, LockRefusals::otherwise)
                        .with(
                                "timeouts",
                                Long.class,
                                one -> isWait(one) ? one.part().awaited().timeout() : null))
                .execute();
    }

    private void update(String sql, List<Long> runs) {
        transaction.sql().createUpdate(sql).bindArray("runs", Long.class, runs).execute();
    }

    private static boolean isWait(LockDecision.Refusal one) {
        return one.part().awaited() != null;
    }

    private static String otherwise(LockDecision.Refusal one) {
        return isWait(one) && one.part().awaited().otherwise() != null
                ? one.part().awaited().otherwise().name()
                : null;
    }
}

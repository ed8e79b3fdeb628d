package io.yardmaster.queue;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import io.yardmaster.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends runs on request. One that waits, or was offered and not yet accepted, ends at once; one that runs is marked, its
 * worker is told until it has obeyed, and whatever it reports then counts as cancelled.
 */
public final class Cancellation {
    /** A run that is taken back or accepted between two statements escapes both: it is looked for again. */
    private static final int LOOKS = 3;

    /** What a request came to. */
    public enum Outcome {
        CANCELLED,
        REQUESTED,
        ALREADY_ENDED
    }

    /** Index {@code run_pkey}. */
    private static final String END_WAITING = WaitingEnds.sql("""
            chosen AS MATERIALIZED (
                SELECT id, 'CANCELLED' AS final_state, CAST(:by AS text) AS by, CASE attempt WHEN 0
                    THEN 'cancelled before it started' ELSE 'cancelled before its next attempt' END AS said
                FROM run WHERE id = ANY (:runs) AND state IN ('QUEUED', 'BLOCKED', 'HELD', 'ASSIGNED')
                ORDER BY id FOR UPDATE
            )""");

    /** Index {@code run_pkey}. Before gates and locks, since whoever takes offers back has the runs when he comes to these. */
    private static final String HOLD_OFFERED =
            "SELECT id FROM run WHERE id = ANY (:runs) AND state = 'ASSIGNED' ORDER BY id FOR UPDATE";

    private static final String MARK_RUNNING = """
            UPDATE run SET cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
                cancel_requested_by = CASE WHEN end_as IS NULL THEN coalesce(cancel_requested_by, :by) ELSE :by END, end_as = NULL
            WHERE id = :run AND state IN ('RUNNING', 'PAUSED')
            """;

    /** Index {@code run_pkey}. */
    private static final String MARK_ALL = """
            WITH running AS MATERIALIZED (
                SELECT id FROM run
                WHERE id = ANY (:runs) AND state IN ('RUNNING', 'PAUSED') AND cancel_requested_at IS NULL
                ORDER BY id FOR UPDATE
            )
            UPDATE run r SET cancel_requested_at = clock_timestamp(), cancel_requested_by = :by
            FROM running WHERE r.id = running.id
            RETURNING r.id
            """;

    private static final String ENDED = "SELECT state FROM run_history WHERE id = :run";

    /**
     * Asks for the end of {@code run}.
     *
     * @param by account that asks
     * @throws Missing if there is no such run
     */
    public Outcome request(Transaction transaction, long run, String by) {
        for (int look = 1; look <= LOOKS; look++) {
            Optional<Outcome> outcome = look(transaction, run, by);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        throw new Missing("run " + run);
    }

    /** Marks before it ends, since whoever ends an attempt has its run before the gate, too. */
    private Optional<Outcome> look(Transaction transaction, long run, String by) {
        int marked = transaction
                .sql()
                .createUpdate(MARK_RUNNING)
                .bind("run", run)
                .bind("by", by)
                .execute();
        if (marked == 1) {
            transaction.announce(Channel.NODE_NEWS);
            return Optional.of(Outcome.REQUESTED);
        }
        if (!requestOfWaiting(transaction, List.of(run), by).isEmpty()) {
            return Optional.of(Outcome.CANCELLED);
        }
        return transaction
                .sql()
                .createQuery(ENDED)
                .bind("run", run)
                .mapTo(RunState.class)
                .findFirst()
                .map(state -> Outcome.ALREADY_ENDED);
    }

    /**
     * Asks for the end of all of {@code runs}.
     *
     * @return those that ended at once, or were not asked before
     */
    public List<Long> requestAll(Transaction transaction, List<Long> runs, String by) {
        List<Long> changed = new ArrayList<>(mark(transaction, runs, by));
        changed.addAll(requestOfWaiting(transaction, runs, by));
        // what was accepted meanwhile
        changed.addAll(mark(transaction, runs, by));
        return changed;
    }

    private static List<Long> mark(Transaction transaction, List<Long> runs, String by) {
        List<Long> marked = transaction
                .sql()
                .createQuery(MARK_ALL)
                .bindArray("runs", Long.class, runs)
                .bind("by", by)
                .mapTo(Long.class)
                .list();
        if (!marked.isEmpty()) {
            transaction.announce(Channel.NODE_NEWS);
        }
        return marked;
    }

    /** Ends those of {@code runs} that no node has accepted, and leaves the others alone. @return which */
    public List<Long> requestOfWaiting(Transaction transaction, List<Long> runs, String by) {
        transaction
                .sql()
                .createQuery(HOLD_OFFERED)
                .bindArray("runs", Long.class, runs)
                .mapTo(Long.class)
                .list();
        List<Long> gates = Gates.hold(transaction, runs);
        LockReleases.hold(transaction, runs);
        List<Long> ended = transaction
                .sql()
                .createQuery(END_WAITING)
                .bindArray("runs", Long.class, runs)
                .bind("by", by)
                .map((row, context) -> row.getLong("id"))
                .list();
        Gates.wake(transaction, gates);
        LockReleases.release(transaction, ended);
        return ended;
    }
}

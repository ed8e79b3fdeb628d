package io.yardmaster.lock;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Ends holds and waiting, and calls who can have the locks then. Whatever makes room is done first, then the locks' rows are taken by
 * ascending id and their waiters looked at: either the dispatcher saw the room, or its ticket is seen here.
 *
 * <p>Tickets are touched under the rows of their locks only. Those rows come after the rows of runs on nodes and of gates, and before
 * those of runs that wait.
 */
public final class LockReleases {
    /** So that no statement is long; each grant calls more. */
    private static final int MOST_CALLED = 500;

    /** What the claims of runs name (indexes {@code run_pkey}, {@code claim_pkey}, {@code lock_state_pkey}). */
    private static final String HOLD = """
            SELECT lock_id FROM lock_state WHERE lock_id = ANY (ARRAY(
                SELECT DISTINCT unnest(locks) FROM claim WHERE id = ANY (ARRAY(
                    SELECT claim_id FROM run WHERE id = ANY (:runs) AND claim_id IS NOT NULL))))
            ORDER BY lock_id FOR UPDATE
            """;

    /** Indexes {@code run_by_job}, {@code claim_pkey}, {@code lock_state_pkey}. */
    private static final String HOLD_OF_JOBS = """
            SELECT lock_id FROM lock_state WHERE lock_id = ANY (ARRAY(
                SELECT DISTINCT unnest(locks) FROM claim WHERE id = ANY (ARRAY(
                    SELECT claim_id FROM run WHERE job_id = ANY (:jobs) AND claim_id IS NOT NULL))))
            ORDER BY lock_id FOR UPDATE
            """;

    /** Indexes {@code lock_hold_by_run}, {@code lock_ticket_by_run}. */
    private static final String END = """
            WITH held AS (
                DELETE FROM lock_hold WHERE run_id = ANY (:runs) RETURNING lock_id
            ), waited AS (
                DELETE FROM lock_ticket WHERE run_id = ANY (:runs) RETURNING lock_id
            )
            SELECT lock_id FROM held UNION SELECT lock_id FROM waited
            """;

    /** Index {@code lock_ticket_by_queue}. */
    private static final String HOLD_OF_QUEUE = """
            SELECT lock_id FROM lock_state WHERE lock_id = ANY (ARRAY(
                SELECT DISTINCT lock_id FROM lock_ticket WHERE queue_id = :queue))
            ORDER BY lock_id FOR UPDATE
            """;

    /** Index {@code lock_ticket_by_queue}. */
    private static final String PAUSE = "UPDATE lock_ticket SET live = false WHERE queue_id = :queue AND live";

    /** Index {@code lock_ticket_by_queue}. What was called and not taken is ready, and comes back when it is refused again. */
    private static final String RESUME =
            "UPDATE lock_ticket SET live = true WHERE queue_id = :queue AND NOT live AND called_at IS NULL";

    /** Index {@code run_pkey}. In ascending order, since others may call some of them too. */
    private static final String LOCK_RUNS = """
            SELECT id FROM run WHERE id = ANY (:runs) AND state = 'BLOCKED' AND blocked_reason = 'LOCK' ORDER BY id FOR UPDATE
            """;

    /** Index {@code lock_ticket_pkey}. */
    private static final String CALL = """
            UPDATE lock_ticket t SET refused = false, called_at = clock_timestamp()
            FROM unnest(:locks, :runs) AS c (lock, run) WHERE t.lock_id = c.lock AND t.run_id = c.run
            """;

    /** Index {@code run_pkey}. */
    private static final String READY = """
            UPDATE run SET state = 'QUEUED', generation = ready_generation(), blocked_reason = NULL
            WHERE id = ANY (:runs) AND state = 'BLOCKED' AND blocked_reason = 'LOCK'
            """;

    private LockReleases() {}

    private record Call(long lock, long run) {}

    /** Takes the rows of all locks that {@code runs} claim: nobody grants them any meanwhile. To be done before they are ended or moved. */
    public static void hold(Transaction transaction, List<Long> runs) {
        select(transaction, HOLD, "runs", runs);
    }

    /** As {@link #hold}, of all runs of {@code jobs} that have not ended. */
    public static void holdOfJobs(Transaction transaction, List<Long> jobs) {
        select(transaction, HOLD_OF_JOBS, "jobs", jobs);
    }

    /** {@code runs} have no locks any more and wait for none. */
    public static void release(Transaction transaction, Collection<Long> runs) {
        if (!runs.isEmpty()) {
            wake(transaction, select(transaction, END, "runs", runs));
        }
    }

    /**
     * While a queue is paused its waiting runs keep nothing from others. The caller has the queue's row of {@code queue_state}, so
     * that no run of it comes to wait meanwhile.
     */
    public static void pause(Transaction transaction, long queue, boolean paused) {
        List<Long> locks = transaction
                .sql()
                .createQuery(HOLD_OF_QUEUE)
                .bind("queue", queue)
                .mapTo(Long.class)
                .list();
        transaction
                .sql()
                .createUpdate(paused ? PAUSE : RESUME)
                .bind("queue", queue)
                .execute();
        wake(transaction, locks);
    }

    /** Calls who can have {@code locks} now. */
    public static void wake(Transaction transaction, Collection<Long> locks) {
        if (!locks.isEmpty()) {
            call(transaction, LockLines.lock(transaction, locks));
        }
    }

    static int call(Transaction transaction, Map<Long, LockLines.Held> lines) {
        List<Call> calls = new ArrayList<>();
        lines.forEach((lock, held) -> held.line().callable(MOST_CALLED).forEach(run -> calls.add(new Call(lock, run))));
        if (calls.isEmpty()) {
            return 0;
        }
        List<Long> runs = calls.stream().map(Call::run).distinct().toList();
        transaction
                .sql()
                .createUpdate(CALL)
                .bindNamedArgumentFinder(
                        Columns.of(calls).with("locks", Long.class, Call::lock).with("runs", Long.class, Call::run))
                .execute();
        return makeReady(transaction, runs);
    }

    /** Of {@code runs}, whose tickets the caller has under the row of a lock, those that are blocked are ready. @return how many */
    static int makeReady(Transaction transaction, List<Long> runs) {
        if (runs.isEmpty()) {
            return 0;
        }
        select(transaction, LOCK_RUNS, "runs", runs);
        transaction.announce(Channel.RUNS_READY);
        return transaction
                .sql()
                .createUpdate(READY)
                .bindArray("runs", Long.class, runs)
                .execute();
    }

    private static List<Long> select(Transaction transaction, String sql, String name, Collection<Long> values) {
        return transaction
                .sql()
                .createQuery(sql)
                .bindArray(name, Long.class, values)
                .mapTo(Long.class)
                .list();
    }
}

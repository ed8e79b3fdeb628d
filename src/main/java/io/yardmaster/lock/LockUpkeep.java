package io.yardmaster.lock;

import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.util.List;

/** What has to be looked at from time to time: calls that came to nothing, and what must not be. Every server does it. */
public final class LockUpkeep {
    /** After which a run that could have its locks, but has no node, keeps them from others no longer. */
    public static final Duration TURN = Duration.ofSeconds(30);

    private static final int AT_ONCE = 500;

    /** Index {@code lock_ticket_called}. */
    private static final String LAPSED = """
            SELECT DISTINCT run_id FROM (
                SELECT run_id FROM lock_ticket
                WHERE live AND called_at < (SELECT clock_timestamp()) - :turn * interval '1 millisecond'
                ORDER BY called_at LIMIT :limit) t
            """;

    /** Indexes {@code lock_ticket_by_run}, {@code lock_state_pkey}. */
    private static final String HOLD = """
            SELECT lock_id FROM lock_state
            WHERE lock_id = ANY (ARRAY(SELECT lock_id FROM lock_ticket WHERE run_id = ANY (:runs)))
            ORDER BY lock_id FOR UPDATE
            """;

    /** Index {@code lock_ticket_by_run}. A run that was refused again meanwhile waits for another call. */
    private static final String LAPSE = """
            UPDATE lock_ticket SET live = false
            WHERE run_id = ANY (ARRAY(
                    SELECT run_id FROM lock_ticket WHERE run_id = ANY (:runs) AND live
                        AND called_at < clock_timestamp() - :turn * interval '1 millisecond'))
                AND lock_id = ANY (:locks) AND live
            """;

    /** Indexes {@code lock_ticket_line}, {@code lock_ticket_called}. Where somebody is called, more may follow him. */
    private static final String FORGOTTEN = """
            SELECT lock_id FROM lock_state s
            WHERE capacity IS NOT NULL AND EXISTS (SELECT FROM lock_ticket t WHERE t.lock_id = s.lock_id AND t.live AND t.refused)
                AND NOT EXISTS (SELECT FROM lock_ticket t WHERE t.lock_id = s.lock_id AND t.live AND t.called_at IS NOT NULL)
            ORDER BY lock_id FOR UPDATE SKIP LOCKED
            """;

    /** Of locks whose rows nobody has; index {@code run_pkey}. */
    private static final String STRAY = """
            WITH holds AS MATERIALIZED (
                SELECT lock_id, run_id FROM lock_hold h WHERE NOT EXISTS (
                    SELECT FROM run r WHERE r.id = h.run_id AND r.epoch = h.epoch AND r.session_id IS NOT NULL)
            ), tickets AS MATERIALIZED (
                SELECT lock_id, run_id FROM lock_ticket t WHERE NOT EXISTS (
                    SELECT FROM run r WHERE r.id = t.run_id AND (r.state = 'QUEUED' OR r.blocked_reason = 'LOCK'))
            ), locked AS MATERIALIZED (
                SELECT lock_id FROM lock_state
                WHERE lock_id IN (SELECT lock_id FROM holds UNION SELECT lock_id FROM tickets)
                ORDER BY lock_id FOR UPDATE SKIP LOCKED
            ), ended AS (
                DELETE FROM lock_hold WHERE (lock_id, run_id) IN (SELECT lock_id, run_id FROM holds)
                    AND lock_id IN (SELECT lock_id FROM locked) RETURNING lock_id
            ), gone AS (
                DELETE FROM lock_ticket WHERE (lock_id, run_id) IN (SELECT lock_id, run_id FROM tickets)
                    AND lock_id IN (SELECT lock_id FROM locked) RETURNING lock_id
            )
            SELECT lock_id FROM ended UNION ALL SELECT lock_id FROM gone
            """;

    private LockUpkeep() {}

    /** Runs that were called and that no node took lose their places until they are refused again. @return how many runs */
    public static int lapse(Transaction transaction) {
        List<Long> runs = transaction
                .sql()
                .createQuery(LAPSED)
                .bind("turn", TURN.toMillis())
                .bind("limit", AT_ONCE)
                .mapTo(Long.class)
                .list();
        if (runs.isEmpty()) {
            return 0;
        }
        List<Long> locks = transaction
                .sql()
                .createQuery(HOLD)
                .bindArray("runs", Long.class, runs)
                .mapTo(Long.class)
                .list();
        transaction
                .sql()
                .createUpdate(LAPSE)
                .bindArray("runs", Long.class, runs)
                .bindArray("locks", Long.class, locks)
                .bind("turn", TURN.toMillis())
                .execute();
        LockReleases.wake(transaction, locks);
        return runs.size();
    }

    /** Calls who was forgotten, and ends what should have ended. @return how much: must be nothing */
    public static int repair(Transaction transaction) {
        List<Long> stray =
                transaction.sql().createQuery(STRAY).mapTo(Long.class).list();
        LockReleases.wake(transaction, stray);
        List<Long> forgotten =
                transaction.sql().createQuery(FORGOTTEN).mapTo(Long.class).list();
        return stray.size()
                + LockReleases.call(transaction, LockLines.lock(transaction, forgotten))
                + Conditions.repair(transaction);
    }
}

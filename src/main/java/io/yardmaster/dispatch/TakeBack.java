package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockUpkeep;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.queue.Gates;
import java.time.Duration;
import java.util.List;

/**
 * Takes runs back from workers that are gone, and offers that nobody accepted. Every server has one; at least each second it
 * beats the pulse, declares sessions lost and decides their runs in batches.
 */
public final class TakeBack implements AutoCloseable {
    private static final int SWEEP_EVERY = 10;
    static final int LARGEST_BATCH = 500;
    private static final int SESSIONS_AT_ONCE = 20;

    /**
     * Index {@code node_session_live}. A row that is locked is being heard of, or declared lost elsewhere. Nobody is
     * lost on a stale pulse, nor before the grace after one has passed.
     */
    static final String DECLARE_LOST = """
            WITH silent AS (
                SELECT s.id FROM node_session s CROSS JOIN pulse p
                WHERE s.state = 'LIVE'
                  AND s.lease_until + :grace * interval '1 millisecond' < clock_timestamp()
                  AND p.grace_until <= clock_timestamp()
                  AND p.beaten_at > clock_timestamp() - :stale * interval '1 millisecond'
                ORDER BY s.id FOR NO KEY UPDATE OF s SKIP LOCKED
            )
            UPDATE node_session s SET state = 'LOST', ended_at = clock_timestamp()
            FROM silent WHERE s.id = silent.id
            """;

    /** Index {@code node_session_to_take_back}. */
    static final String LOCK_OVER = """
            SELECT id FROM node_session WHERE state <> 'LIVE' AND taken_back_at IS NULL
            ORDER BY id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED
            """;

    /** Index {@code run_on_session}. */
    private static final String SETTLE = """
            UPDATE node_session s SET taken_back_at = clock_timestamp()
            WHERE s.id = ANY (:sessions) AND NOT EXISTS (SELECT FROM run r WHERE r.session_id = s.id)
            """;

    /** What no turn would come upon again: must find nothing. Index {@code run_on_session}. */
    private static final String SWEEP = """
            WITH forgotten AS (
                SELECT id FROM node_session
                WHERE id IN (SELECT session_id FROM run WHERE session_id IS NOT NULL) AND taken_back_at IS NOT NULL
                ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
            )
            UPDATE node_session s SET taken_back_at = NULL FROM forgotten WHERE s.id = forgotten.id
            """;

    private final Database database;
    private final LeaseTimes times;
    private final NodeSessions sessions = new NodeSessions();
    private final LostRuns lostRuns;
    private final LapsedOffers lapsed;
    private final Pulse pulse;
    private final Generations generations;
    private final DispatchCounts counts;
    private final Runnable freed;
    private final Loop loop = new Loop("take-back", this::turn);
    private int turns;

    /** @param freed is called after runs became ready again */
    TakeBack(
            Database database,
            LeaseTimes times,
            LostRuns lostRuns,
            LapsedOffers lapsed,
            DispatchCounts counts,
            Runnable freed) {
        this.database = database;
        this.times = times;
        this.lostRuns = lostRuns;
        this.lapsed = lapsed;
        this.pulse = new Pulse(times);
        this.generations = new Generations(database);
        this.counts = counts;
        this.freed = freed;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration turn() {
        once();
        if (++turns % SWEEP_EVERY == 0) {
            sweep();
        }
        return times.beatEvery();
    }

    /** One second's work. */
    void once() {
        database.useTransaction(pulse::beat);
        int lost = database.inTransaction(this::declareLost);
        counts.add(DispatchCount.SESSIONS_LOST, lost);
        int lapsedNow = database.inTransaction(lapsed::giveBack);
        counts.add(DispatchCount.LAPSED, lapsedNow);
        int taken = takeAll();
        int over = database.inTransaction(LockUpkeep::lapse);
        generations.keep();
        if (lapsedNow + taken + over > 0) {
            freed.run();
        }
    }

    void sweep() {
        int forgotten = database.inTransaction(
                transaction -> transaction.sql().createUpdate(SWEEP).execute());
        counts.add(
                DispatchCount.LOST_WAKE_UPS,
                forgotten + (long) database.inTransaction(Gates::repair) + database.inTransaction(LockUpkeep::repair));
        database.inTransaction(sessions::deleteOld);
        counts.add(DispatchCount.LOST_WAKE_UPS, generations.sweep());
    }

    private int declareLost(Transaction transaction) {
        return transaction
                .sql()
                .createUpdate(DECLARE_LOST)
                .bind("grace", times.grace().toMillis())
                .bind("stale", times.staleAfter().toMillis())
                .execute();
    }

    private int takeAll() {
        int all = 0;
        int taken;
        do {
            taken = database.inTransaction(this::takeBatch);
            counts.add(DispatchCount.TAKEN_BACK, taken);
            all += taken;
        } while (taken == LARGEST_BATCH);
        return all;
    }

    private int takeBatch(Transaction transaction) {
        List<Long> sessions = transaction
                .sql()
                .createQuery(LOCK_OVER)
                .bind("limit", SESSIONS_AT_ONCE)
                .mapTo(Long.class)
                .list();
        if (sessions.isEmpty()) {
            return 0;
        }
        int taken = lostRuns.take(transaction, sessions, LARGEST_BATCH);
        transaction
                .sql()
                .createUpdate(SETTLE)
                .bindArray("sessions", Long.class, sessions)
                .execute();
        return taken;
    }
}

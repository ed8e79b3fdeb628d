package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;

/**
 * Tells a silence of the workers from a silence of the database. The row is beaten at least each second by any server; a beat
 * that finds the last one old, or ahead of the clock, gives every session a whole lease before any counts as lost.
 */
final class Pulse {
    private static final String BEAT = """
            UPDATE pulse SET
                grace_until = CASE
                    WHEN beaten_at < clock_timestamp() - :stale * interval '1 millisecond'
                      OR beaten_at > clock_timestamp() + :stale * interval '1 millisecond'
                    THEN clock_timestamp() + :lease * interval '1 millisecond'
                    ELSE least(grace_until, clock_timestamp() + :lease * interval '1 millisecond') END,
                beaten_at = clock_timestamp()
            """;

    /**
     * All servers beat one row. One that freezes while it holds the row is cut off well before the pulse is stale; the
     * others wait for it that long and then beat at once. If they passed it over, nobody would beat until it is gone.
     */
    private static final String LET_GO = """
            SELECT set_config('idle_in_transaction_session_timeout', CAST(:millis AS text), true)
            """;

    private static final int LET_GO_IN_STALE = 3;

    /** After the clock was set back, no lease may last longer than one given now. Index {@code node_session_live}. */
    private static final String SHORTEN = """
            WITH far AS (
                SELECT id FROM node_session
                WHERE state = 'LIVE' AND lease_until > clock_timestamp() + 2 * :lease * interval '1 millisecond'
                ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
            )
            UPDATE node_session s SET lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            FROM far WHERE s.id = far.id
            """;

    private final LeaseTimes times;

    Pulse(LeaseTimes times) {
        this.times = times;
    }

    void beat(Transaction transaction) {
        transaction
                .sql()
                .createQuery(LET_GO)
                .bind("millis", times.staleAfter().toMillis() / LET_GO_IN_STALE)
                .mapTo(String.class)
                .one();
        int beaten = transaction
                .sql()
                .createUpdate(BEAT)
                .bind("stale", times.staleAfter().toMillis())
                .bind("lease", times.lease().toMillis())
                .execute();
        if (beaten != 1) {
            throw new IllegalStateException("the pulse has " + beaten + " rows");
        }
        transaction
                .sql()
                .createUpdate(SHORTEN)
                .bind("lease", times.lease().toMillis())
                .execute();
    }
}

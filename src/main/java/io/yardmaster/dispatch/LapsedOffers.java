package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.RunQueue;
import java.util.List;

/**
 * Gives offers back that were not accepted in time, or whose node was taken out of service; no attempt is used up. Whoever let one lapse gets nothing more until
 * its next heartbeat, so that a frozen worker holds nobody up twice.
 */
final class LapsedOffers {
    /** Index {@code run_pkey}; found as {@code runs_on_nodes} finds them. What lies ahead was offered by a clock that was set back. */
    static final String LAPSED = """
            SELECT r.id, r.session_id FROM run r
            WHERE r.id = ANY (ARRAY(SELECT o.id FROM runs_on_nodes() o WHERE o.state = 'ASSIGNED'))
                AND r.state = 'ASSIGNED' AND (r.offered_at NOT BETWEEN clock_timestamp() - :within * interval '1 millisecond'
                        AND clock_timestamp() + :within * interval '1 millisecond'
                    OR r.node_id IN (SELECT id FROM node WHERE state <> 'ACTIVE' OR revoked_at IS NOT NULL))
            ORDER BY r.id LIMIT :limit FOR UPDATE OF r SKIP LOCKED
            """;

    /** Index {@code run_offered}. */
    private static final String OF_SESSION = """
            SELECT id, session_id FROM run WHERE state = 'ASSIGNED' AND session_id = :session
            ORDER BY id FOR UPDATE
            """;

    /** Not waited for: it is a hint, and sessions are locked before runs elsewhere. */
    private static final String MARK = """
            WITH marked AS (
                SELECT id FROM node_session WHERE id = ANY (:sessions) AND state = 'LIVE'
                ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
            )
            UPDATE node_session s SET lapsed_at = clock_timestamp() FROM marked WHERE s.id = marked.id
            """;

    private final RunQueue queue;
    private final LeaseTimes times;

    LapsedOffers(RunQueue queue, LeaseTimes times) {
        this.queue = queue;
        this.times = times;
    }

    private record Lapsed(long run, long session) {}

    /** @return how many, at most 500 */
    int giveBack(Transaction transaction) {
        List<Lapsed> lapsed = transaction
                .sql()
                .createQuery(LAPSED)
                .bind("within", times.acceptWithin().toMillis())
                .bind("limit", TakeBack.LARGEST_BATCH)
                .map((row, context) -> new Lapsed(row.getLong("id"), row.getLong("session_id")))
                .list();
        if (lapsed.isEmpty()) {
            return 0;
        }
        transaction
                .sql()
                .createUpdate(MARK)
                .bindArray(
                        "sessions",
                        Long.class,
                        lapsed.stream().map(Lapsed::session).distinct().toList())
                .execute();
        return queue.giveBack(transaction, lapsed.stream().map(Lapsed::run).toList());
    }

    /** Gives back everything that is offered to {@code session}, which ends now. */
    int giveBackOf(Transaction transaction, long session) {
        List<Long> offered = transaction
                .sql()
                .createQuery(OF_SESSION)
                .bind("session", session)
                .map((row, context) -> row.getLong("id"))
                .list();
        return queue.giveBack(transaction, offered);
    }
}

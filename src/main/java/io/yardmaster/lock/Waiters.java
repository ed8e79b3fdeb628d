package io.yardmaster.lock;

import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The runs that wait at one condition, whose row the caller has. */
final class Waiters {
    private static final int AT_ONCE = 1000;

    /** Claims are few; index {@code lock_ticket_waiting}. */
    private static final String CLAIMS = """
            SELECT id, waits FROM claim c
            WHERE c.locks @> ARRAY[CAST(:lock AS bigint)] AND EXISTS (
                SELECT FROM lock_ticket t WHERE t.lock_id = :lock AND t.claim_id = c.id AND t.refused)
            """;

    /** Index {@code lock_ticket_waiting}, in its order for each claim. */
    private static final String NEXT = """
            SELECT t.run_id FROM unnest(:claims) AS c (id) CROSS JOIN LATERAL (
                SELECT run_id, key FROM lock_ticket
                WHERE lock_id = :lock AND claim_id = c.id AND refused AND live = :live
                ORDER BY key, run_id LIMIT :most) t
            ORDER BY t.key, t.run_id LIMIT :most
            """;

    /** Index {@code lock_ticket_pkey}. */
    private static final String CALL =
            "UPDATE lock_ticket SET refused = false WHERE lock_id = :lock AND run_id = ANY (:runs)";

    private final Transaction transaction;
    private final long condition;

    Waiters(Transaction transaction, long condition) {
        this.transaction = transaction;
        this.condition = condition;
    }

    private record Waiting(long claim, Claim.Wait awaited) {}

    /**
     * Calls those whose wait is {@code over}, in their order; those of paused queues last.
     *
     * @param one whether no more than the first
     * @return how many
     */
    int call(Predicate<Claim.Wait> over, boolean one) {
        List<Long> claims = waiting().stream()
                .filter(waiting -> over.test(waiting.awaited()))
                .map(Waiting::claim)
                .toList();
        if (claims.isEmpty()) {
            return 0;
        }
        int called = call(claims, true, one);
        return one && called > 0 ? called : called + call(claims, false, one);
    }

    private int call(List<Long> claims, boolean live, boolean one) {
        int most = one ? 1 : AT_ONCE;
        int called = 0;
        List<Long> runs;
        do {
            runs = next(claims, live, most);
            call(runs);
            called += runs.size();
        } while (runs.size() == AT_ONCE);
        return called;
    }

    /** {@code runs} wait here no more. */
    void call(List<Long> runs) {
        transaction
                .sql()
                .createUpdate(CALL)
                .bind("lock", condition)
                .bindArray("runs", Long.class, runs)
                .execute();
        LockReleases.makeReady(transaction, runs);
    }

    private List<Waiting> waiting() {
        return transaction
                .sql()
                .createQuery(CLAIMS)
                .bind("lock", condition)
                .map((row, context) -> {
                    Map<Long, Claim.Wait> waits = Waits.fromJson(row.getString("waits"));
                    return new Waiting(row.getLong("id"), waits.get(condition));
                })
                .list();
    }

    private List<Long> next(List<Long> claims, boolean live, int most) {
        return transaction
                .sql()
                .createQuery(NEXT)
                .bind("lock", condition)
                .bindArray("claims", Long.class, claims)
                .bind("live", live)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }
}

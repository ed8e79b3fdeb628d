package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import io.yardmaster.run.EndedRun;
import java.util.List;

/** Ends runs as MISSED that waited too long to be worth beginning. One that is offered, or began before, goes on. */
public final class Expiry {
    public static final int LARGEST_BATCH = 500;

    /** Indexes {@code run_to_expire}, {@code run_pkey}. The gates and locks have been locked before. */
    private static final String EXPIRE = WaitingEnds.sql("""
            chosen AS MATERIALIZED (
                SELECT id, 'MISSED' AS final_state, CAST(NULL AS text) AS by,
                    'waited longer than the ' || round(extract(epoch FROM expires_at - due_at)) || ' s that its job allows' AS said
                FROM run WHERE id = ANY (:runs) AND state IN ('QUEUED', 'BLOCKED', 'HELD') AND attempt = 0
                    AND expires_at <= clock_timestamp()
                ORDER BY id FOR UPDATE SKIP LOCKED
            )""");

    /** Index {@code run_to_expire}. */
    private static final String EXPIRED = """
            SELECT id FROM run
            WHERE expires_at <= (SELECT clock_timestamp()) AND state IN ('QUEUED', 'BLOCKED', 'HELD') AND attempt = 0
            ORDER BY expires_at LIMIT :limit
            """;

    private final AttemptEnds ends;

    public Expiry(AttemptEnds ends) {
        this.ends = ends;
    }

    /** @return how many were expired, at most {@link #LARGEST_BATCH} */
    public int expire(Transaction transaction) {
        List<Long> runs = transaction
                .sql()
                .createQuery(EXPIRED)
                .bind("limit", LARGEST_BATCH)
                .mapTo(Long.class)
                .list();
        if (runs.isEmpty()) {
            return 0;
        }
        List<Long> gates = Gates.hold(transaction, runs);
        LockReleases.hold(transaction, runs);
        List<EndedRun> ended = transaction
                .sql()
                .createQuery(EXPIRE)
                .bindArray("runs", Long.class, runs)
                .map((row, context) -> AttemptEnds.ended(row))
                .list();
        Gates.wake(transaction, gates);
        LockReleases.release(transaction, ended.stream().map(EndedRun::id).toList());
        ends.tell(transaction, ended);
        return runs.size();
    }
}

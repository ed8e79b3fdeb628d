package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.RunListener;
import java.util.List;

/** Marks the instants of a backfill whose runs have ended, in the transaction that ends them. */
public final class BackfillEnds implements RunListener {
    /**
     * Indexes {@code backfill_instant_started}, {@code run_history_pkey}. A run that is nowhere any more, as its history was
     * dropped while no server was there to see it end, did not succeed as far as anybody knows.
     */
    private static final String MARK = """
            WITH mine AS MATERIALIZED (
                SELECT backfill_id, place, run_id FROM backfill_instant
                WHERE run_id = ANY (:runs) AND state = 'STARTED'
                    AND NOT EXISTS (SELECT FROM run r WHERE r.id = run_id)
                ORDER BY backfill_id, place FOR UPDATE
            )
            UPDATE backfill_instant i SET ended_at = coalesce(h.ended_at, clock_timestamp()),
                state = CASE WHEN h.state IN ('SUCCEEDED', 'CANCELLED') THEN h.state ELSE 'FAILED' END
            FROM mine LEFT JOIN run_history h ON h.id = mine.run_id
            WHERE i.backfill_id = mine.backfill_id AND i.place = mine.place
            """;

    private final Runnable signal;

    /** @param signal lets this server's {@link Backfilling} take a turn now */
    public BackfillEnds(Runnable signal) {
        this.signal = signal;
    }

    @Override
    public void ended(Transaction transaction, List<EndedRun> ended) {
        List<Long> mine = ended.stream()
                .filter(run -> run.cause() == Cause.Kind.BACKFILL)
                .map(EndedRun::id)
                .toList();
        if (mark(transaction, mine) > 0) {
            transaction.afterCommit(signal);
        }
    }

    /** Marks the instants of those of {@code runs} that have ended. @return how many */
    static int mark(Transaction transaction, List<Long> runs) {
        return runs.isEmpty()
                ? 0
                : transaction
                        .sql()
                        .createUpdate(MARK)
                        .bindArray("runs", Long.class, runs)
                        .execute();
    }
}

package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.Optional;

/** Reads what the dispatcher recorded of its decisions. */
public final class Decisions {
    /** How many of the last decisions of a queue its comparison looks at. */
    static final int COMPARED = 1000;

    /** Indexes {@code run_pkey}, {@code run_history_pkey}, {@code decision_pkey}, {@code node_pkey}. */
    static final String OF_RUN = """
            SELECT d.id, d.at, d.server, d.balancer, d.shadow, d.candidates, d.runs, d.slots, d.places, d.tied, d.scores,
                   d.shadow_places, array_position(d.runs, :run) - 1 AS place,
                   (SELECT coalesce(jsonb_object_agg(n.id, n.name), '{}') FROM node n WHERE n.id IN (
                       SELECT (c ->> 'node')::bigint FROM jsonb_array_elements(d.candidates) AS c)) AS names
            FROM decision d
            WHERE d.id = (SELECT decision_id FROM run WHERE id = :run
                          UNION ALL SELECT decision_id FROM run_history WHERE id = :run)
            """;

    /** Index {@code decision_by_queue}. Only what was decided by the same two. */
    static final String COMPARISON = """
            SELECT coalesce(sum(d.size), 0) AS runs, coalesce(sum(d.differing), 0) AS differing,
                   coalesce(sum(d.gain_seconds), 0) AS gain
            FROM queue q CROSS JOIN LATERAL (
                SELECT balancer, shadow, size, differing, gain_seconds FROM decision
                WHERE queue_id = q.id ORDER BY id DESC LIMIT :compared) d
            WHERE q.id = :queue AND d.balancer = q.balancer AND d.shadow = q.shadow
            """;

    private Decisions() {}

    /**
     * How a queue's shadow compares with its balancer, over the last thousand decisions.
     *
     * @param runs that both decided
     * @param differing how many the shadow would have put elsewhere
     * @param gainSeconds how much less predicted work per slot stood on the nodes that it chose, as a mean over the runs;
     *     negative if more
     */
    public record Comparison(long runs, long differing, double gainSeconds) {
        /** In per cent. */
        public long share() {
            return runs == 0 ? 0 : Math.round(100.0 * differing / runs);
        }
    }

    /** Empty if the run was never offered, or the record is past its days. */
    public static Optional<RunDecision> ofRun(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery(OF_RUN)
                .bind("run", run)
                .map((row, context) -> new RecordedDecision(row, row.getInt("place")).read())
                .findFirst();
    }

    /** Of the queue's balancer and shadow as they are now. */
    public static Comparison compare(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery(COMPARISON)
                .bind("queue", queue)
                .bind("compared", COMPARED)
                .map((row, context) -> new Comparison(
                        row.getLong("runs"),
                        row.getLong("differing"),
                        row.getDouble("gain") / Math.max(1, row.getLong("runs"))))
                .one();
    }
}

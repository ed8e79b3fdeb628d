package io.yardmaster.dispatch;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.util.List;

/** Takes in what came of pauses. An answer to anything but what was asked last changes nothing, nor does a second one. */
public final class PauseAnswers {
    /** What can come of a pause or of its end. */
    public enum Outcome {
        PAUSED,
        RESUMED,
        REFUSED
    }

    /**
     * What a node says.
     *
     * @param sequence of what was asked
     * @param ranMillis running time so far
     */
    public record PauseAnswer(RunEpoch ref, int sequence, Outcome outcome, long ranMillis) {}

    /**
     * Each run is looked up by itself (index {@code run_pkey}), in ascending order, after its queue, whose policy stays what it
     * is. The order key becomes the instant at which the slice ended; who paused a run by hand ended no slice, nor did a run
     * whose queue has none any more. What was refused counts as withdrawn, and its slice begins anew. Running time as told is
     * kept within what the database saw itself, and never falls.
     */
    static final String TAKE = """
            WITH said AS MATERIALIZED (
                SELECT * FROM unnest(:runs, :epochs, :sequences, :outcomes, :rans) AS s (run, epoch, sequence, outcome, ran)
                ORDER BY run
            ), queues AS MATERIALIZED (
                SELECT q.id, q.policy FROM queue q WHERE q.id IN (SELECT queue_id FROM run WHERE id = ANY (:runs))
                ORDER BY q.id FOR KEY SHARE
            ), sliced AS MATERIALIZED (
                SELECT array_agg(id) FILTER (WHERE policy = 'ROUND_ROBIN') AS queues FROM queues
            ), held AS MATERIALIZED (
                SELECT r.*, said.outcome, said.ran, clock_timestamp() AS now,
                       said.sequence + CASE outcome WHEN 'REFUSED' THEN 1 ELSE 0 END AS reached
                FROM sliced CROSS JOIN said CROSS JOIN LATERAL (
                    SELECT id, epoch, paused_by AS asked_by, sliced.queues FROM run
                    WHERE id = said.run AND epoch = said.epoch AND node_id = :node AND state IN ('RUNNING', 'PAUSED')
                        AND pause_sequence = said.sequence AND pause_confirmed < said.sequence
                        AND (outcome = 'RESUMED') = (said.sequence % 2 = 0)
                    LIMIT 1 FOR UPDATE) r
            ), taken AS (
                UPDATE run SET pause_sequence = reached, pause_confirmed = reached,
                    ran_seconds = greatest(ran_seconds, least(held.ran / 1000.0, extract(epoch FROM now - started_at))),
                    state = CASE outcome WHEN 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
                    paused_at = CASE outcome WHEN 'PAUSED' THEN now END,
                    paused_by = CASE outcome WHEN 'PAUSED' THEN paused_by END,
                    pauses = coalesce(pauses, 0) + CASE outcome WHEN 'PAUSED' THEN 1 ELSE 0 END,
                    slice_began_at = CASE outcome WHEN 'PAUSED' THEN slice_began_at ELSE now END,
                    order_key = CASE WHEN outcome = 'PAUSED' AND paused_by IS NULL AND queue_id = ANY (queues)
                                     THEN CAST(extract(epoch FROM now) * 1000000 AS bigint) ELSE order_key END
                FROM held WHERE run.id = held.id
            ), noted AS (
                INSERT INTO run_note (run_id, epoch, text)
                SELECT id, epoch, 'it could not be paused, as ' || asked_by || ' had asked, and runs on: its processes did'
                    || ' not stop, or its node had as many paused runs as it may have'
                FROM held WHERE outcome = 'REFUSED' AND asked_by IS NOT NULL
            )
            SELECT count(*) FROM held
            """;

    private PauseAnswers() {}

    /** @return how many changed anything */
    public static int take(Transaction transaction, long node, List<PauseAnswer> said) {
        return transaction
                .sql()
                .createQuery(TAKE)
                .bind("node", node)
                .bindNamedArgumentFinder(Columns.of(said)
                        .with("runs", Long.class, answer -> answer.ref().run())
                        .with("epochs", Long.class, answer -> answer.ref().epoch())
                        .with("sequences", Integer.class, PauseAnswer::sequence)
                        .with(
                                "outcomes",
                                String.class,
                                answer -> answer.outcome().name())
                        .with("rans", Long.class, PauseAnswer::ranMillis))
                .mapTo(Integer.class)
                .one();
    }
}

package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.function.Function;

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
     * Each run is looked up by itself (index {@code run_pkey}), in ascending order. The order key becomes the instant at
     * which the slice ended; who paused a run by hand ended no slice. What was refused counts as withdrawn, and its slice
     * begins anew. Running time as told is kept within what the database saw itself.
     */
    static final String TAKE = """
            WITH said AS MATERIALIZED (
                SELECT * FROM unnest(:runs, :epochs, :sequences, :outcomes, :rans) AS s (run, epoch, sequence, outcome, ran)
                ORDER BY run
            ), held AS MATERIALIZED (
                SELECT r.*, said.outcome, said.ran, clock_timestamp() AS now,
                       said.sequence + CASE outcome WHEN 'REFUSED' THEN 1 ELSE 0 END AS reached
                FROM said CROSS JOIN LATERAL (
                    SELECT id, epoch, paused_by AS asked_by FROM run
                    WHERE id = said.run AND epoch = said.epoch AND node_id = :node AND state IN ('RUNNING', 'PAUSED')
                        AND pause_sequence = said.sequence AND pause_confirmed < said.sequence
                    LIMIT 1 FOR UPDATE) r
            ), taken AS (
                UPDATE run SET pause_sequence = reached, pause_confirmed = reached,
                    ran_seconds = least(held.ran / 1000.0, extract(epoch FROM now - started_at)),
                    state = CASE outcome WHEN 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
                    paused_at = CASE outcome WHEN 'PAUSED' THEN now END,
                    paused_by = CASE outcome WHEN 'PAUSED' THEN paused_by END,
                    pauses = coalesce(pauses, 0) + CASE outcome WHEN 'PAUSED' THEN 1 ELSE 0 END,
                    slice_began_at = CASE outcome WHEN 'PAUSED' THEN slice_began_at ELSE now END,
                    order_key = CASE WHEN outcome = 'PAUSED' AND paused_by IS NULL
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
                .bindArray("runs", Long.class, each(said, answer -> answer.ref().run()))
                .bindArray(
                        "epochs", Long.class, each(said, answer -> answer.ref().epoch()))
                .bindArray("sequences", Integer.class, each(said, PauseAnswer::sequence))
                .bindArray(
                        "outcomes",
                        String.class,
                        each(said, answer -> answer.outcome().name()))
                .bindArray("rans", Long.class, each(said, PauseAnswer::ranMillis))
                .mapTo(Integer.class)
                .one();
    }

    private static <T> List<T> each(List<PauseAnswer> said, Function<PauseAnswer, T> part) {
        return said.stream().map(part).toList();
    }
}

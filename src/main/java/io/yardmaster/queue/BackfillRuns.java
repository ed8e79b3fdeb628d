package io.yardmaster.queue;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;

/** The door by which the runs of a backfill are born. */
public final class BackfillRuns {
    /**
     * Index {@code run_by_backfill} would refuse a second unfinished run for the same backfill and instant. A job that is
     * switched off is run nevertheless, as by hand.
     */
    private static final String BORN = """
            WITH job AS (
                SELECT j.id, j.version, j.queue_id, j.definition, j.need_id, j.permits, j.priority, j.deadline_seconds, j.claim_id
                FROM job j WHERE j.id = :job AND j.archived_at IS NULL
            ), queue AS MATERIALIZED (
                SELECT q.id, q.policy, q.order_factor FROM queue q JOIN job ON job.queue_id = q.id
                WHERE true""" + BirthSql.PERMITS_STAND + """
                FOR KEY SHARE OF q
            ), moment AS MATERIALIZED (
                SELECT clock_timestamp() AS now FROM queue
            )
            INSERT INTO run (id, state, job_id, job_version, queue_id, cause, caused_by, nominal_at, adjustment, due_at,
                             parameters, order_key, predicted_seconds, created_at, ready_at, need_id, permits, priority,
                             deadline_at, claim_id)
            SELECT f.run, 'QUEUED', job.id, job.version, queue.id, 'BACKFILL', :backfill, f.nominal_at, f.adjustment, now,
                   coalesce(job.definition -> 'parameters', '{}') || CAST(:parameters AS jsonb),
                   order_key(queue.policy, queue.order_factor, now, job.priority, s.mean_seconds, d.deadline_at),
                   s.mean_seconds, now, now, job.need_id, job.permits, job.priority, d.deadline_at, job.claim_id
            FROM unnest(:runs, :nominals, :adjustments) AS f (run, nominal_at, adjustment)
            CROSS JOIN job CROSS JOIN queue CROSS JOIN moment LEFT JOIN job_statistics s ON s.job_id = job.id
            CROSS JOIN LATERAL (VALUES (now + job.deadline_seconds * interval '1 second')) d (deadline_at)
            RETURNING id, permits IS NOT NULL AS gated
            """;

    private BackfillRuns() {}

    /**
     * Runs to be born together.
     *
     * @param backfill its id
     * @param job id of the job, run in its newest version
     * @param parameters instead of, or beside, the job's own, as a JSON object of texts
     * @param instants one run for each
     */
    public record Batch(long backfill, long job, String parameters, List<BackfillInstant> instants) {}

    /**
     * An instant that is run.
     *
     * @param run the id that its run gets
     * @param adjustment what a clock change did to it; null for nothing
     */
    public record BackfillInstant(long run, Instant nominal, String adjustment) {}

    /** All of them, ready at once. The caller holds the backfill and knows that the job is not archived. */
    public static void enqueue(Transaction transaction, Batch batch) {
        List<BackfillInstant> instants = batch.instants();
        transaction.announce(Channel.RUNS_READY);
        List<Boolean> gated = transaction
                .sql()
                .createQuery(BORN)
                .bind("job", batch.job())
                .bind("backfill", Long.toString(batch.backfill()))
                .bind("parameters", batch.parameters())
                .bindNamedArgumentFinder(Columns.of(instants)
                        .with("runs", Long.class, BackfillInstant::run)
                        .with("nominals", Instant.class, BackfillInstant::nominal)
                        .with("adjustments", String.class, BackfillInstant::adjustment))
                .map((row, context) -> row.getBoolean("gated"))
                .list();
        if (gated.size() != instants.size()) {
            throw new IllegalStateException(gated.size() + " of " + instants.size() + " runs of a backfill were born");
        }
        if (gated.contains(true)) {
            Gates.pass(transaction, instants.stream().map(BackfillInstant::run).toList(), false);
        }
    }
}

package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Which instants of a job have a run: of the schedule, or of an earlier backfill of it. */
final class PastRuns {
    /**
     * A run is not made before its instant, but for what a calendar draws forward: what is older need not be looked
     * at. Indexes {@code run_by_job}, {@code run_history_by_job}, {@code backfill_by_job}.
     */
    private static final String FIND = """
            WITH found AS (
                SELECT id, state, schedule_id, nominal_at, cause, caused_by FROM run
                WHERE job_id = :job AND nominal_at BETWEEN :from AND :until
                UNION ALL
                SELECT id, state, schedule_id, nominal_at, cause, caused_by FROM run_history
                WHERE job_id = :job AND nominal_at BETWEEN :from AND :until
                    AND id >= id_floor(:earliest)
            )
            SELECT DISTINCT ON (nominal_at) nominal_at, id, state FROM found
            WHERE CAST(:schedule AS bigint) IS NULL OR schedule_id = :schedule
                OR cause = 'BACKFILL' AND caused_by IN
                    (SELECT b.id::text FROM backfill b WHERE b.job_id = :job AND b.schedule_id = :schedule)
            ORDER BY nominal_at, state <> 'SUCCEEDED', id DESC
            """;

    private PastRuns() {}

    /** A run that stands for its instant: one that succeeded, else the newest. */
    record PastRun(long id, RunState state) {
        /** Whether it makes another one needless. */
        boolean counts() {
            return state == RunState.SUCCEEDED || !state.isFinal();
        }
    }

    /**
     * By nominal instant.
     *
     * @param schedule null for runs of the job by whatever schedule
     */
    static Map<Instant, PastRun> find(Transaction transaction, long job, Long schedule, Instant from, Instant until) {
        Map<Instant, PastRun> found = new HashMap<>();
        transaction
                .sql()
                .createQuery(FIND)
                .bind("job", job)
                .bind("schedule", schedule)
                .bind("from", from)
                .bind("earliest", from.minus(Settled.FURTHEST))
                .bind("until", until)
                .map((row, context) -> found.put(
                        Timetables.instant(row, "nominal_at"),
                        new PastRun(row.getLong("id"), RunState.valueOf(row.getString("state")))))
                .list();
        return found;
    }
}

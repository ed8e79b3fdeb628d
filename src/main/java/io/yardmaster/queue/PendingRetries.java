package io.yardmaster.queue;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobListener;
import io.yardmaster.run.EndedRun;
import java.util.List;

/** Gives up what waits to be repeated when its job is switched off or archived: the run ends as its last attempt did. */
public final class PendingRetries implements JobListener {
    /** Index {@code run_by_job}. A run whose last attempt was lost with its node has failed. */
    private static final String GIVE_UP = WaitingEnds.sql("""
            chosen AS MATERIALIZED (
                SELECT id, CASE attempts -> -1 ->> 'outcome' WHEN 'TIMED_OUT' THEN 'TIMED_OUT' ELSE 'FAILED' END AS final_state,
                    concat_ws('; ', attempts -> -1 ->> 'message', :why) AS said, CAST(NULL AS text) AS by
                FROM run
                WHERE job_id = :job AND (state = 'BLOCKED' AND blocked_reason = 'RETRY' OR blocked_before = 'RETRY')
                ORDER BY id FOR UPDATE
            )""");

    private final AttemptEnds ends;

    public PendingRetries(AttemptEnds ends) {
        this.ends = ends;
    }

    @Override
    public void switching(Transaction transaction, Job job, boolean enabled) {
        if (!enabled) {
            giveUp(transaction, job.id(), "not repeated, since its job was switched off");
        }
    }

    @Override
    public void archived(Transaction transaction, Job job, Actor by) {
        giveUp(transaction, job.id(), "not repeated, since its job was archived");
    }

    /** The caller has locked the job, beside which no run comes to wait for its next attempt. */
    void giveUp(Transaction transaction, long job, String why) {
        List<EndedRun> ended = transaction
                .sql()
                .createQuery(GIVE_UP)
                .bind("job", job)
                .bind("why", why)
                .map((row, context) -> AttemptEnds.ended(row))
                .list();
        ends.tell(transaction, ended);
    }
}

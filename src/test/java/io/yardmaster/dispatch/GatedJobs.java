package io.yardmaster.dispatch;

import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Overlap.Policy;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Gates;
import io.yardmaster.queue.NewRun;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.run.RunState;
import io.yardmaster.task.NoopTask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/** Jobs whose runs mind each other: made, changed, run and ended as the product does it. */
record GatedJobs(Database database, Yard yard) {
    private static final RunQueue QUEUE = new RunQueue();
    private static final AttemptEnds ENDS = new AttemptEnds(List.of());

    long job(Policy policy, Integer parallel, Integer waiting) {
        return yard.job(definition(new Overlap(policy, parallel, waiting)).toJson());
    }

    /** Its runs are repeated once. */
    private static JobDefinition definition(Overlap overlap) {
        Retry once = new Retry(1, 60L, null, null, null, null);
        RunRules rules = new RunRules(once, overlap, null, null, null, null);
        return new JobDefinition(new NoopTask(), Map.of(), null, null, null, rules, null, null, null);
    }

    void change(long job, Overlap overlap) {
        database.useTransaction(transaction -> change(transaction, job, overlap));
    }

    void change(Transaction transaction, long job, Overlap overlap) {
        Jobs jobs = new Jobs(List.of(new Gates()));
        Job found = jobs.locked(transaction, job);
        JobDraft now = found.draft();
        JobDraft wanted =
                new JobDraft(now.namespace(), now.name(), now.description(), now.queueId(), true, definition(overlap));
        jobs.update(transaction, job, found.version(), wanted, new Actor("ada", null));
    }

    long born(long job) {
        return database.inTransaction(transaction -> born(transaction, job));
    }

    long born(Transaction transaction, long job) {
        return QUEUE.enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of()));
    }

    void end(long run, long epoch, RunState state) {
        database.useTransaction(transaction -> end(transaction, run, epoch, state));
    }

    void end(Transaction transaction, long run, long epoch, RunState state) {
        ENDS.end(transaction, List.of(new AttemptEnd(run, epoch, state, 1, null, null, null, Instant.now())));
    }

    void cancel(long run) {
        database.useTransaction(transaction -> new Cancellation().request(transaction, run, "ada"));
    }

    /** So many transactions wait for others, or {@code other} has not waited. */
    void awaitLockWaits(int count, Future<?> other) {
        await().until(() -> other.isDone()
                || yard.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") == count);
    }
}

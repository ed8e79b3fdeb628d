package io.yardmaster.web.health;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.queue.Queues;
import io.yardmaster.task.NoopTask;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.CatchUp;
import io.yardmaster.trigger.ScheduleDraft;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.trigger.Terms;
import java.util.List;
import java.util.Map;

/**
 * A job that does nothing, once a minute, by the same way as every other: what reaches its end proves that fire, queue,
 * dispatch, worker and report all work.
 */
public final class Canary {
    /**
     * The queues that are the canary's alone, as a subquery: what it runs tells of the system and is no part of the
     * yard's work.
     */
    public static final String QUEUES = "(SELECT id FROM queue WHERE namespace = 'system' AND name = 'canary')";

    static final String NAMESPACE = "system";
    static final String NAME = "canary";

    /** The full name of its queue. */
    public static final String QUEUE = NAMESPACE + "/" + NAME;

    private static final Actor BY = Actor.system(NAME);

    /** Index {@code run_to_dispatch}: the queue has no other runs. */
    private static final String STALE = """
            SELECT r.id FROM run r JOIN queue q ON q.id = r.queue_id
            WHERE q.namespace = 'system' AND q.name = 'canary' AND q.archived_at IS NULL
              AND r.state = 'QUEUED' AND r.created_at < clock_timestamp() - interval '3 minutes'
            ORDER BY r.order_key, r.id LIMIT 100
            """;

    private final Queues queues;
    private final QueueChanges changes = new QueueChanges();
    private final Jobs jobs;
    private final Schedules schedules;
    private final Cancellation cancellation;

    public Canary(Queues queues, Jobs jobs, Schedules schedules, Cancellation cancellation) {
        this.queues = queues;
        this.jobs = jobs;
        this.schedules = schedules;
        this.cancellation = cancellation;
    }

    /** Makes queue, job and schedule where they are missing. What an operator changed or switched off stays so. */
    public void ensure(Database database) {
        try {
            database.useTransaction(this::ensure);
        } catch (Conflict madeElsewhere) {
            // another server, started at the same moment, was first
            database.useTransaction(this::ensure);
        }
    }

    private void ensure(Transaction transaction) {
        if (jobs.find(transaction, NAMESPACE, NAME).isPresent()) {
            return;
        }
        Queue queue = queues.find(transaction, NAMESPACE, NAME)
                .orElseGet(() -> changes.create(
                        transaction,
                        new QueueDraft(
                                NAMESPACE,
                                NAME,
                                "Only the canary: it waits behind nobody.",
                                null,
                                null,
                                null,
                                new QueueLimits(1, null, 1)),
                        BY));
        String description = "Does nothing once a minute, so that /health/flow can tell whether runs get through.";
        Job job = jobs.create(
                transaction,
                new JobDraft(NAMESPACE, NAME, description, queue.id(), true, JobDefinition.of(new NoopTask())),
                BY);
        Timetable everyMinute = Timetable.cron("0 * * * * ?", "UTC");
        schedules.create(
                transaction,
                job.id(),
                new ScheduleDraft("every-minute", everyMinute, Map.of(), true, Terms.STANDARD.with(CatchUp.NONE)),
                BY);
    }

    /** Ends canaries that waited too long to prove anything, so that they do not pile up while there is no node. */
    public void sweep(Transaction transaction) {
        List<Long> stale =
                transaction.sql().createQuery(STALE).mapTo(Long.class).list();
        stale.forEach(run -> cancellation.request(transaction, run, BY.name()));
    }
}

package io.yardmaster.queue;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Channel;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.LockReleases;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.exception.ConstraintViolationException;

/** Makes, changes, pauses and archives queues. Each change makes an entry of the audit. */
public final class QueueChanges {
    private final Queues queues = new Queues();

    /**
     * @throws Invalid naming every field that is wrong
     * @throws Conflict if the name is taken
     */
    public Queue create(Transaction transaction, QueueDraft draft, Actor by) {
        check(draft);
        long id = transaction.nextId();
        Queue queue = new Queue(id, draft.namespace(), draft.name(), transaction.now());
        queue.become(draft, queue.updatedAt());
        transaction.hibernate().persist(queue);
        flush(transaction, draft);
        transaction
                .sql()
                .createUpdate("INSERT INTO queue_state (queue_id) VALUES (:queue)")
                .bind("queue", id)
                .execute();
        record(transaction, queue, "queue.create", by);
        return queue;
    }

    /**
     * Another order is that of the waiting runs at once.
     *
     * @throws Conflict if the queue is no longer at {@code version}, the one that {@code draft} was made from
     */
    public Queue update(Transaction transaction, long id, int version, QueueDraft draft, Actor by) {
        check(draft);
        Queue queue = queues.locked(transaction, id);
        insist(queue, version);
        if (!draft.equals(queue.draft())) {
            if (!draft.namespace().equals(queue.namespace()) || !draft.name().equals(queue.name())) {
                throw new Invalid("name", draft.name(), "invalid.name.kept.queue");
            }
            boolean reordered = !draft.order().ordersAs(queue.order());
            queue.become(draft, transaction.now());
            record(transaction, queue, "queue.update", by);
            if (reordered) {
                RunOrder.recompute(transaction, id, draft.order());
            }
        }
        return queue;
    }

    /**
     * Lets it have other limits from the next run on; what is on nodes goes on.
     *
     * @throws Invalid naming what is wrong with them
     */
    public Queue limit(Transaction transaction, long id, QueueLimits limits, Actor by) {
        Invalid.Problems problems = new Invalid.Problems();
        QueueRules.checkLimits(limits, problems);
        problems.throwIfAny();
        Queue queue = queues.locked(transaction, id);
        if (!limits.equals(queue.limits())) {
            queue.limit(limits, transaction.now());
            record(transaction, queue, "queue.limit", by);
            transaction.announce(Channel.RUNS_READY);
        }
        return queue;
    }

    /** Gives out no more of its runs until it is resumed; those on nodes go on. */
    public Queue pause(Transaction transaction, long id, Actor by) {
        return paused(transaction, id, true, by);
    }

    public Queue resume(Transaction transaction, long id, Actor by) {
        return paused(transaction, id, false, by);
    }

    /**
     * @throws Conflict if it is the default queue, if jobs still name it, if it has runs that have not ended, which nobody
     *     would give out any more, or if it was changed since {@code version}
     */
    public void archive(Transaction transaction, long id, int version, Actor by) {
        Queue queue = queues.locked(transaction, id);
        insist(queue, version);
        if (queue.namespace().equals(Queues.DEFAULT) && queue.name().equals(Queues.DEFAULT)) {
            throw new Conflict("conflict.queue.standard", queue.fullName());
        }
        List<String> jobs = jobsOf(transaction, id);
        if (!jobs.isEmpty()) {
            throw new Conflict("conflict.queue.used", queue.fullName(), String.join(", ", jobs));
        }
        long runs = runsOf(transaction, id);
        if (runs > 0) {
            throw new Conflict("conflict.queue.runs", queue.fullName(), runs);
        }
        queue.archive(transaction.now());
        record(transaction, queue, "queue.archive", by);
    }

    private Queue paused(Transaction transaction, long id, boolean paused, Actor by) {
        Queue queue = queues.locked(transaction, id);
        if (queue.paused() != paused) {
            queue.pause(paused, transaction.now());
            record(transaction, queue, paused ? "queue.pause" : "queue.resume", by);
            RunOrder.hold(transaction, id);
            LockReleases.pause(transaction, id, paused);
        }
        return queue;
    }

    private static void check(QueueDraft draft) {
        Invalid.Problems problems = new Invalid.Problems();
        QueueRules.check(draft, problems);
        problems.throwIfAny();
    }

    private static void insist(Queue queue, int version) {
        if (queue.version() != version) {
            throw new Conflict("conflict.queue.changed", queue.fullName(), queue.updatedAt(), queue.version(), version);
        }
    }

    private static void flush(Transaction transaction, QueueDraft draft) {
        try {
            transaction.hibernate().flush();
        } catch (ConstraintViolationException failure) {
            if ("queue_by_name".equals(failure.getConstraintName())) {
                throw new Conflict("conflict.queue.taken", draft.namespace() + "/" + draft.name());
            }
            throw failure;
        }
    }

    private static void record(Transaction transaction, Queue queue, String action, Actor by) {
        transaction.hibernate().flush();
        Subject subject = new Subject("queue", queue.namespace(), queue.name());
        Audit.record(transaction, new AuditEntry(by, action, subject, detail(queue)));
    }

    private static Map<String, Object> detail(Queue queue) {
        Map<String, Object> detail = new TreeMap<>();
        detail.put("version", queue.version());
        detail.put("policy", queue.order().policy());
        detail.putAll(queue.order().parameters());
        detail.put("balancer", queue.balancer());
        detail.put("shadow", queue.shadow());
        detail.put("maxRunning", queue.maxRunning());
        detail.put("maxWaiting", queue.maxWaiting());
        detail.put("weight", queue.weight());
        detail.put("paused", queue.paused());
        return detail;
    }

    /** Up to five of the jobs that name the queue, for people; by {@code job_by_queue}. */
    private static List<String> jobsOf(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT namespace || '/' || name FROM job
                        WHERE queue_id = :queue AND archived_at IS NULL
                        ORDER BY namespace, name LIMIT 5
                        """)
                .bind("queue", queue)
                .mapTo(String.class)
                .list();
    }

    /** Hot rows only. */
    private static long runsOf(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery("SELECT count(*) FROM run WHERE queue_id = :queue")
                .bind("queue", queue)
                .mapTo(Long.class)
                .one();
    }
}

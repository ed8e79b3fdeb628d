package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.util.OptionalLong;

/** How a job's document names its queue: {@code name} in its own namespace, else {@code namespace/name}. */
final class QueueNames {
    private static final String STANDARD = Queues.DEFAULT + "/" + Queues.DEFAULT;

    private final Queues queues;

    QueueNames(Queues queues) {
        this.queues = queues;
    }

    /**
     * Finds the queue and keeps it from being archived until the transaction ends. A queue of another namespace must be
     * one that the caller may operate, the default queue apart: otherwise it is as if there were none.
     *
     * @param now id of the queue that the job has already; 0 for none
     * @return 0 if there is none, which is added to {@code problems}
     */
    long id(Transaction transaction, Document.JobDocument job, long now, Caller caller, Invalid.Problems problems) {
        String full = full(job);
        String namespace = full.substring(0, full.indexOf('/'));
        OptionalLong found = queues.hold(transaction, namespace, full.substring(full.indexOf('/') + 1));
        boolean usable = found.isPresent()
                && (full.equals(STANDARD)
                        || found.getAsLong() == now
                        || namespace.equals(job.namespace())
                        || caller.may(Permission.OPERATE, namespace));
        if (!usable) {
            problems.add("queue", job.queue(), "invalid.queue", shortened(full), STANDARD);
            return 0;
        }
        return found.getAsLong();
    }

    /** As the document of a job in {@code namespace} names {@code queue}; null for the default queue. */
    static String written(Queue queue, String namespace) {
        if (queue.fullName().equals(STANDARD)) {
            return null;
        }
        return queue.namespace().equals(namespace) ? queue.name() : queue.fullName();
    }

    private static String full(Document.JobDocument job) {
        if (job.queue() == null) {
            return STANDARD;
        }
        return job.queue().indexOf('/') >= 0 ? job.queue() : job.namespace() + "/" + job.queue();
    }

    private static String shortened(String name) {
        return name.length() <= 200 ? name : name.substring(0, 200) + "…";
    }
}

package io.yardmaster.web.definition;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.Queues;
import io.yardmaster.web.definition.Applied.Change;
import java.util.Optional;

/** Applies the document of a queue. */
final class QueueDocuments {
    private final Queues queues;
    private final QueueChanges changes = new QueueChanges();

    QueueDocuments(Queues queues) {
        this.queues = queues;
    }

    Applied apply(Transaction transaction, QueueDraft draft, Precondition precondition, Actor by) {
        Optional<Queue> there = queues.find(transaction, draft.namespace(), draft.name());
        String what = "queue " + draft.namespace() + "/" + draft.name();
        if (there.isEmpty()) {
            precondition.checkAbsent(what);
            return applied(changes.create(transaction, draft, by), Change.CREATED);
        }
        Queue queue = queues.locked(transaction, there.get().id());
        precondition.check(what, etag(queue), "last at " + queue.updatedAt());
        boolean changed = !queue.draft().equals(draft);
        changes.update(transaction, queue.id(), queue.version(), draft, by);
        return applied(queue, Change.of(changed));
    }

    void archive(Transaction transaction, Queue found, Precondition precondition, Actor by) {
        Queue queue = queues.locked(transaction, found.id());
        precondition.check("queue " + queue.fullName(), etag(queue), "last at " + queue.updatedAt());
        changes.archive(transaction, queue.id(), queue.version(), by);
    }

    static String etag(Queue queue) {
        return Integer.toString(queue.version());
    }

    private static Applied applied(Queue queue, Change change) {
        return Applied.of(queue, change, etag(queue));
    }
}

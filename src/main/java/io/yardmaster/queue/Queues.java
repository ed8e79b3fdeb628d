package io.yardmaster.queue;

import io.yardmaster.database.Missing;
import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The queues' definitions, to be read or held; how full they are is another matter. */
public final class Queues {
    /** Namespace and name of the queue that jobs wait in which name none. */
    public static final String DEFAULT = "default";

    /** The queue of that name that is not archived. */
    public Optional<Queue> find(Transaction transaction, String namespace, String name) {
        if (!Names.arePossible(namespace, name)) {
            return Optional.empty();
        }
        return transaction
                .hibernate()
                .createSelectionQuery(
                        "FROM Queue WHERE namespace = :namespace AND name = :name AND archivedAt IS NULL", Queue.class)
                .setParameter("namespace", namespace)
                .setParameter("name", name)
                .uniqueResultOptional();
    }

    /** As {@link #find(Transaction, String, String)}. @throws Missing if there is none */
    public Queue get(Transaction transaction, String namespace, String name) {
        return find(transaction, namespace, name).orElseThrow(() -> new Missing("queue " + namespace + "/" + name));
    }

    /** The queue with that id, archived or not. */
    public Optional<Queue> find(Transaction transaction, long id) {
        return Optional.ofNullable(transaction.hibernate().find(Queue.class, id));
    }

    /** Those that are not archived, by name: there are few. */
    public List<Queue> list(Transaction transaction) {
        return transaction
                .hibernate()
                .createSelectionQuery("FROM Queue WHERE archivedAt IS NULL ORDER BY namespace, name", Queue.class)
                .getResultList();
    }

    /** The queue's id, and it is not archived before this transaction ends; by {@code queue_by_name}. */
    public OptionalLong hold(Transaction transaction, String namespace, String name) {
        if (!Names.arePossible(namespace, name)) {
            return OptionalLong.empty();
        }
        return transaction
                .sql()
                .createQuery("""
                        SELECT id FROM queue
                        WHERE namespace = :namespace AND name = :name AND archived_at IS NULL
                        FOR KEY SHARE
                        """)
                .bind("namespace", namespace)
                .bind("name", name)
                .mapTo(Long.class)
                .findFirst()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * The queue as it is now, and nobody changes it or gives it a job or a run before this transaction ends.
     *
     * @throws Missing if there is none or it is archived
     */
    public Queue locked(Transaction transaction, long id) {
        // Hibernate's own lock is FOR NO KEY UPDATE, beside which others may still hold the queue
        transaction
                .sql()
                .createQuery("SELECT id FROM queue WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(Long.class)
                .list();
        Queue queue = transaction.hibernate().find(Queue.class, id);
        if (queue != null) {
            transaction.hibernate().refresh(queue);
        }
        if (queue == null || queue.archived()) {
            throw new Missing("queue " + (queue == null ? id : queue.fullName()));
        }
        return queue;
    }
}

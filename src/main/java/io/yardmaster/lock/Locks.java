package io.yardmaster.lock;

import io.yardmaster.database.Missing;
import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Optional;

/** The locks' definitions, to be read or held; who has them is another matter. */
public final class Locks {
    /** The lock of that name that is not archived. */
    public Optional<Lock> find(Transaction transaction, String namespace, String name) {
        if (!Names.arePossible(namespace, name)) {
            return Optional.empty();
        }
        return transaction
                .hibernate()
                .createSelectionQuery(
                        "FROM Lock WHERE namespace = :namespace AND name = :name AND archivedAt IS NULL", Lock.class)
                .setParameter("namespace", namespace)
                .setParameter("name", name)
                .uniqueResultOptional();
    }

    /** As {@link #find}. @throws Missing if there is none */
    public Lock get(Transaction transaction, String namespace, String name) {
        return find(transaction, namespace, name).orElseThrow(() -> new Missing("lock " + namespace + "/" + name));
    }

    /** Those that are not archived, by name: there are few. */
    public List<Lock> list(Transaction transaction) {
        return transaction
                .hibernate()
                .createSelectionQuery("FROM Lock WHERE archivedAt IS NULL ORDER BY namespace, name", Lock.class)
                .getResultList();
    }

    /**
     * The lock as it is now, and nobody changes it or lets a job need it before this transaction ends.
     *
     * @throws Missing if there is none or it is archived
     */
    public Lock locked(Transaction transaction, long id) {
        // Hibernate's own row lock lets others hold it for share; a stronger one would stop those who have the lock's
        // state and refer to it
        transaction
                .sql()
                .createQuery("SELECT id FROM lock WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .mapTo(Long.class)
                .list();
        Lock lock = transaction.hibernate().find(Lock.class, id);
        if (lock != null) {
            transaction.hibernate().refresh(lock);
        }
        if (lock == null || lock.archived()) {
            throw new Missing("lock " + (lock == null ? id : lock.fullName()));
        }
        return lock;
    }
}

package io.yardmaster.web.definition;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Locks;
import io.yardmaster.web.definition.Applied.Change;
import java.util.Optional;

/** Applies the document of a lock. */
final class LockDocuments {
    private final Locks locks;
    private final LockChanges changes = new LockChanges();

    LockDocuments(Locks locks) {
        this.locks = locks;
    }

    Applied apply(Transaction transaction, LockDraft draft, Precondition precondition, Actor by) {
        Optional<Lock> there = locks.find(transaction, draft.namespace(), draft.name());
        String what = "lock " + draft.namespace() + "/" + draft.name();
        if (there.isEmpty()) {
            precondition.checkAbsent(what);
            return applied(changes.create(transaction, draft, by), Change.CREATED);
        }
        Lock lock = locks.locked(transaction, there.get().id());
        precondition.check(what, etag(lock), "last at " + lock.updatedAt());
        boolean changed = !lock.draft().equals(draft);
        changes.update(transaction, lock.id(), lock.version(), draft, by);
        return applied(lock, Change.of(changed));
    }

    void archive(Transaction transaction, Lock found, Precondition precondition, Actor by) {
        Lock lock = locks.locked(transaction, found.id());
        precondition.check("lock " + lock.fullName(), etag(lock), "last at " + lock.updatedAt());
        changes.archive(transaction, lock.id(), lock.version(), by);
    }

    static String etag(Lock lock) {
        return Integer.toString(lock.version());
    }

    private static Applied applied(Lock lock, Change change) {
        return Applied.of(lock, change, etag(lock));
    }
}

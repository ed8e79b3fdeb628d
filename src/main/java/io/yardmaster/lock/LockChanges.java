package io.yardmaster.lock;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hibernate.exception.ConstraintViolationException;

/** Makes, changes and archives locks. Each change makes an entry of the audit. */
public final class LockChanges {
    private static final String MAKE_STATE =
            "INSERT INTO lock_state (lock_id, capacity, variables) VALUES (:lock, :capacity, CAST(:variables AS jsonb))";

    private static final String RESIZE = "UPDATE lock_state SET capacity = :capacity WHERE lock_id = :lock";

    private final Locks locks = new Locks();

    /**
     * @throws Invalid naming every field that is wrong
     * @throws Conflict if the name is taken
     */
    public Lock create(Transaction transaction, LockDraft draft, Actor by) {
        check(draft);
        Lock lock = new Lock(transaction.nextId(), draft, transaction.now());
        lock.become(draft, transaction.now());
        transaction.hibernate().persist(lock);
        flush(transaction, draft);
        makeState(transaction, lock);
        record(transaction, lock, "lock.create", by);
        return lock;
    }

    /**
     * Permits may be fewer than are out now: those stay out, and nobody gets one until enough are back.
     *
     * @throws Conflict if the lock is no longer at {@code version}, the one that {@code draft} was made from
     * @throws Invalid also if a job needs more permits than there would be
     */
    public Lock update(Transaction transaction, long id, int version, LockDraft draft, Actor by) {
        check(draft);
        Lock lock = locks.locked(transaction, id);
        insist(lock, version);
        LockDraft before = lock.draft();
        if (draft.equals(before)) {
            return lock;
        }
        checkChange(transaction, lock, draft);
        lock.become(draft, transaction.now());
        record(transaction, lock, "lock.update", by);
        if (!Objects.equals(before.permits(), lock.permits())) {
            resize(transaction, lock);
        }
        if (!Objects.equals(before.variables(), lock.variables())) {
            Conditions.redefine(transaction, lock, by.name());
        }
        return lock;
    }

    /** @throws Conflict if jobs name it, if runs have it or wait for it, or if it was changed since {@code version} */
    public void archive(Transaction transaction, long id, int version, Actor by) {
        Lock lock = locks.locked(transaction, id);
        insist(lock, version);
        new LockUses(transaction, lock).insistOnNone();
        lock.archive(transaction.now());
        record(transaction, lock, "lock.archive", by);
    }

    private static void checkChange(Transaction transaction, Lock lock, LockDraft draft) {
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(
                draft.namespace().equals(lock.namespace()) && draft.name().equals(lock.name()),
                "name",
                draft.name(),
                "invalid.name.kept.lock");
        problems.check(
                draft.kind().equals(lock.kind().name()), "type", draft.kind(), "invalid.lock.kind-kept", lock.kind());
        LockUses uses = new LockUses(transaction, lock);
        if (lock.kind() == LockKind.SEMAPHORE && draft.permits() != null) {
            uses.checkPermits(draft.permits(), problems);
        }
        if (lock.kind() == LockKind.CONDITION) {
            uses.checkVariables(draft.variables(), problems);
        }
        problems.throwIfAny();
    }

    private static void check(LockDraft draft) {
        Invalid.Problems problems = new Invalid.Problems();
        LockRules.check(draft, problems);
        problems.throwIfAny();
    }

    private static void insist(Lock lock, int version) {
        if (lock.version() != version) {
            throw new Conflict("conflict.lock.changed", lock.fullName(), lock.updatedAt(), lock.version(), version);
        }
    }

    private static void makeState(Transaction transaction, Lock lock) {
        transaction
                .sql()
                .createUpdate(MAKE_STATE)
                .bind("lock", lock.id())
                .bindByType("capacity", lock.capacity(), Integer.class)
                .bind(
                        "variables",
                        lock.variables() == null ? null : lock.variables().toJson())
                .execute();
    }

    private static void resize(Transaction transaction, Lock lock) {
        transaction
                .sql()
                .createUpdate(RESIZE)
                .bind("lock", lock.id())
                .bind("capacity", lock.capacity())
                .execute();
        LockReleases.wake(transaction, List.of(lock.id()));
    }

    private static void flush(Transaction transaction, LockDraft draft) {
        try {
            transaction.hibernate().flush();
        } catch (ConstraintViolationException failure) {
            if ("lock_by_name".equals(failure.getConstraintName())) {
                throw new Conflict("conflict.lock.taken", draft.namespace() + "/" + draft.name());
            }
            throw failure;
        }
    }

    private static void record(Transaction transaction, Lock lock, String action, Actor by) {
        transaction.hibernate().flush();
        Map<String, Object> detail = new TreeMap<>();
        detail.put("version", lock.version());
        detail.put("kind", lock.kind().name());
        detail.put("permits", lock.permits());
        Subject subject = new Subject("lock", lock.namespace(), lock.name());
        Audit.record(transaction, new AuditEntry(by, action, subject, detail));
    }
}

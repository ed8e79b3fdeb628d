package io.yardmaster.job;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Names;
import io.yardmaster.database.Transaction;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/**
 * The jobs. Each change makes a version and an entry of the audit; a draft that changes nothing makes neither.
 *
 * <p>Archiving a job archives what hangs on it ({@link JobListener}); its unfinished runs go on to their ends, and its
 * name becomes free.
 */
public final class Jobs {
    private final JobVersions versions = new JobVersions();
    private final List<JobListener> listeners;

    public Jobs(List<JobListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    public JobVersions versions() {
        return versions;
    }

    /** The job of that name that is not archived. */
    public Optional<Job> find(Transaction transaction, String namespace, String name) {
        if (!Names.arePossible(namespace, name)) {
            return Optional.empty();
        }
        return transaction
                .hibernate()
                .createSelectionQuery(
                        "FROM Job WHERE namespace = :namespace AND name = :name AND archivedAt IS NULL", Job.class)
                .setParameter("namespace", namespace)
                .setParameter("name", name)
                .uniqueResultOptional();
    }

    /** As {@link #find(Transaction, String, String)}. @throws Missing if there is none */
    public Job get(Transaction transaction, String namespace, String name) {
        return find(transaction, namespace, name).orElseThrow(() -> new Missing("job " + namespace + "/" + name));
    }

    /** The job with that id, archived or not. */
    public Optional<Job> find(Transaction transaction, long id) {
        return Optional.ofNullable(transaction.hibernate().find(Job.class, id));
    }

    /**
     * @throws Invalid naming every field that is wrong
     * @throws Conflict if the name is taken
     */
    public Job create(Transaction transaction, JobDraft draft, Actor by) {
        check(draft);
        long id = transaction.nextId();
        Job job = new Job(id, draft.namespace(), draft.name(), transaction.now());
        job.become(draft, Needs.id(transaction, draft.definition().need()), job.createdAt());
        transaction.hibernate().persist(job);
        flush(transaction, draft);
        listeners.forEach(listener -> listener.created(transaction, job));
        changed(transaction, job, "job.create", by);
        return job;
    }

    /**
     * @param version which version {@code draft} was made from
     * @throws Conflict if somebody has changed the job since, naming who and when
     */
    public Job update(Transaction transaction, long id, int version, JobDraft draft, Actor by) {
        check(draft);
        Job job = locked(transaction, id);
        insist(transaction, job, version);
        JobDraft before = job.draft();
        if (draft.equals(before)) {
            return job;
        }
        if (!draft.namespace().equals(job.namespace()) || !draft.name().equals(job.name())) {
            throw new Invalid("name", draft.name(), "invalid.name.kept.job");
        }
        if (draft.enabled() != job.enabled()) {
            listeners.forEach(listener -> listener.switching(transaction, job, draft.enabled()));
        }
        job.become(draft, Needs.id(transaction, draft.definition().need()), transaction.now());
        flush(transaction, draft);
        listeners.forEach(listener -> listener.changed(transaction, job, before));
        changed(transaction, job, "job.update", by);
        return job;
    }

    /** Switches the job on or off, whatever its version. */
    public Job enable(Transaction transaction, long id, boolean enabled, Actor by) {
        Job job = locked(transaction, id);
        JobDraft now = job.draft();
        JobDraft wanted =
                new JobDraft(now.namespace(), now.name(), now.description(), now.queueId(), enabled, now.definition());
        return update(transaction, id, job.version(), wanted, by);
    }

    /** @throws Conflict if somebody has changed the job since {@code version}, naming who and when */
    public void archive(Transaction transaction, long id, int version, Actor by) {
        Job job = locked(transaction, id);
        insist(transaction, job, version);
        listeners.forEach(listener -> listener.archived(transaction, job, by));
        job.archive(transaction.now());
        transaction.hibernate().flush();
        changed(transaction, job, "job.archive", by);
    }

    /** The job as it is now, and nobody else changes it before this transaction ends. @throws Missing if archived */
    public Job locked(Transaction transaction, long id) {
        Job job = transaction.hibernate().find(Job.class, id);
        if (job != null) {
            transaction.hibernate().refresh(job, LockModeType.PESSIMISTIC_WRITE);
        }
        if (job == null || job.archived()) {
            throw new Missing("job " + (job == null ? id : job.fullName()));
        }
        return job;
    }

    private static void check(JobDraft draft) {
        Invalid.Problems problems = new Invalid.Problems();
        JobRules.check(draft, problems);
        problems.throwIfAny();
    }

    private void insist(Transaction transaction, Job job, int version) {
        if (job.version() == version) {
            return;
        }
        JobVersion last = versions.find(transaction, job.id(), job.version()).orElseThrow();
        throw new Conflict(
                "conflict.job.changed", job.fullName(), last.changedBy(), last.changedAt(), job.version(), version);
    }

    private static void flush(Transaction transaction, JobDraft draft) {
        try {
            transaction.hibernate().flush();
        } catch (ConstraintViolationException failure) {
            if ("job_by_name".equals(failure.getConstraintName())) {
                throw new Conflict("conflict.job.taken", draft.namespace() + "/" + draft.name());
            }
            throw failure;
        }
    }

    private void changed(Transaction transaction, Job job, String action, Actor by) {
        versions.add(transaction, job, by.name());
        Audit.record(
                transaction,
                new AuditEntry(
                        by, action, new Subject("job", job.namespace(), job.name()), Map.of("version", job.version())));
    }
}

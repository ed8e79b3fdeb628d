package io.yardmaster.queue;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.JobListener;
import io.yardmaster.job.LockNeed;
import io.yardmaster.lock.Claim;
import io.yardmaster.lock.Claims;
import io.yardmaster.lock.LockKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the locks that jobs name, and keeps with the job what its runs claim of them. */
public final class LockClaims implements JobListener {
    private static final String KEEP =
            "UPDATE job SET claim_id = :claim WHERE id = :job AND claim_id IS DISTINCT FROM :claim";

    @Override
    public void created(Transaction transaction, Job job) {
        if (!job.definition().locks().isEmpty()) {
            keep(transaction, job);
        }
    }

    @Override
    public void changed(Transaction transaction, Job job, JobDraft before) {
        if (!job.definition().locks().equals(before.definition().locks())) {
            keep(transaction, job);
        }
    }

    /** Its runs go on to their ends with the locks that they need. */
    @Override
    public void archived(Transaction transaction, Job job, Actor by) {}

    private static void keep(Transaction transaction, Job job) {
        transaction
                .sql()
                .createUpdate(KEEP)
                .bind("job", job.id())
                .bindByType("claim", claim(transaction, job), Long.class)
                .execute();
    }

    private static Long claim(Transaction transaction, Job job) {
        List<LockNeed> needs = job.definition().locks();
        Map<String, NamedLock> found = NamedLock.hold(
                transaction,
                needs.stream().map(need -> need.fullName(job.namespace())).toList());
        Invalid.Problems problems = new Invalid.Problems();
        List<Claim.Part> parts = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            LockNeed need = needs.get(i);
            String fullName = need.fullName(job.namespace());
            NamedLock lock = found.get(fullName);
            if (lock == null) {
                NamedLock.Place place = new NamedLock.Place("locks[" + i + "].lock", need.lock(), fullName);
                NamedLock.addMissing(transaction, place, false, problems);
            } else {
                check("locks[" + i + "].", need, lock, problems);
                parts.add(part(need, lock));
            }
        }
        problems.throwIfAny();
        return parts.isEmpty() ? null : Claims.id(transaction, new Claim(parts));
    }

    private static Claim.Part part(LockNeed need, NamedLock lock) {
        return lock.isCondition()
                ? new Claim.Part(lock.id(), 0, wait(need))
                : new Claim.Part(lock.id(), units(need), null);
    }

    private static Claim.Wait wait(LockNeed need) {
        Claim.Otherwise otherwise = need.otherwise() == null
                ? null
                : Claim.Otherwise.valueOf(need.otherwise().name());
        return new Claim.Wait(need.when(), need.timeout(), otherwise);
    }

    private static void check(String field, LockNeed need, NamedLock lock, Invalid.Problems problems) {
        if (lock.isCondition()) {
            String problem = need.when() == null ? null : wait(need).problem(lock.variables());
            problems.check(problem == null, field + "when", need.when(), "invalid.lock.when", lock.name(), problem);
        } else {
            problems.check(need.when() == null, field + "when", need.when(), "invalid.lock.no-wait", lock.name());
            problems.check(
                    need.timeout() == null, field + "timeout", need.timeout(), "invalid.lock.no-wait", lock.name());
        }
        boolean readWrite = lock.kind().equals("READ_WRITE");
        boolean semaphore = lock.kind().equals("SEMAPHORE");
        problems.check(
                readWrite == (need.mode() != null),
                field + "mode",
                need.mode(),
                readWrite ? "invalid.lock.mode" : "invalid.lock.no-mode",
                lock.name());
        problems.check(
                semaphore || need.permits() == null,
                field + "permits",
                need.permits(),
                "invalid.lock.no-permits",
                lock.name());
        problems.check(
                !semaphore || units(need) <= lock.permits(),
                field + "permits",
                need.permits(),
                "invalid.lock.permits",
                lock.name(),
                lock.permits());
    }

    private static int units(LockNeed need) {
        if (need.mode() == LockNeed.Mode.WRITE) {
            return LockKind.ALL;
        }
        return need.permits() == null ? 1 : need.permits();
    }
}

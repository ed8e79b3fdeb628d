package io.yardmaster.lock;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a lock from a run that goes on. Its token is burnt: whoever gets the lock next has a higher one, by which what the lock guards can
 * refuse what the run still sends.
 */
public final class ForcedRelease {
    private static final int LONGEST_REASON = 500;

    /** Index {@code lock_hold_pkey}. */
    private static final String TAKE =
            "DELETE FROM lock_hold WHERE lock_id = :lock AND run_id = :run RETURNING token, epoch";

    private static final String NOTE = "INSERT INTO run_note (run_id, epoch, text) VALUES (:run, :epoch, :text)";

    private record Taken(long token, long epoch) {}

    private ForcedRelease() {}

    /**
     * @param reason in the operator's words, at least one
     * @throws Invalid if there is no reason or it cannot be stored
     * @throws Conflict if the run does not have the lock
     */
    public static void release(Transaction transaction, Lock lock, long run, String reason, Actor by) {
        check(reason);
        LockLines.lock(transaction, List.of(lock.id()));
        Optional<Taken> taken = transaction
                .sql()
                .createQuery(TAKE)
                .bind("lock", lock.id())
                .bind("run", run)
                .map((row, context) -> new Taken(row.getLong("token"), row.getLong("epoch")))
                .findFirst();
        if (taken.isEmpty()) {
            throw new Conflict("conflict.lock.not-held", run, lock.fullName());
        }
        note(transaction, lock, run, taken.get(), by);
        Subject subject = new Subject("lock", lock.namespace(), lock.name());
        Map<String, Object> detail =
                Map.of("run", Long.toString(run), "token", taken.get().token(), "reason", reason);
        Audit.record(transaction, new AuditEntry(by, "lock.release", subject, detail));
        LockReleases.wake(transaction, List.of(lock.id()));
    }

    private static void check(String reason) {
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(!reason.isEmpty(), "reason", null, "invalid.reason.missing");
        problems.check(
                reason.length() <= LONGEST_REASON && Text.isStorable(reason),
                "reason",
                reason,
                "invalid.text.limit",
                LONGEST_REASON);
        problems.throwIfAny();
    }

    private static void note(Transaction transaction, Lock lock, long run, Taken taken, Actor by) {
        transaction
                .sql()
                .createUpdate(NOTE)
                .bind("run", run)
                .bind("epoch", taken.epoch())
                .bind(
                        "text",
                        "lock " + lock.fullName() + " was taken from it by " + by.name() + "; token " + taken.token()
                                + " is burnt")
                .execute();
    }
}

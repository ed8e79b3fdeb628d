package io.yardmaster.lock;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/**
 * Changes conditions, and calls the runs that wait for what they become: under the row of the condition, which the dispatcher has when a
 * run comes to wait. So a change is seen by the dispatcher, or its ticket is seen by the change, and no wake-up is lost.
 *
 * <p>Source: monitors as in Mesa (Lampson, Redell 1980), where who is woken looks again whether what it waits for holds; what is set wakes
 * all for whom it does (implicit signals, Buhr, Fortier, Coffin 1995).
 */
public final class Conditions {
    /** Index {@code lock_state_pkey}. */
    private static final String LOCK =
            "SELECT variables FROM lock_state WHERE lock_id = :lock AND variables IS NOT NULL FOR UPDATE";

    /** Index {@code lock_state_pkey}. */
    private static final String VARIABLES =
            "SELECT lock_id, variables FROM lock_state WHERE lock_id = ANY (:locks) AND variables IS NOT NULL";

    /** Index {@code lock_state_pkey}. */
    private static final String KEEP = """
            UPDATE lock_state SET variables = CAST(:variables AS jsonb), settled = :settled, changed_at = clock_timestamp(), changed_by = :by
            WHERE lock_id = :lock
            """;

    /** Index {@code lock_ticket_by_run}. */
    private static final String WAIVE = """
            UPDATE lock_ticket SET refused = false
            WHERE run_id = ANY (:runs) AND until <= clock_timestamp() AND refused AND otherwise = 'RUN'
            RETURNING run_id
            """;

    /** There are few locks; indexes {@code lock_ticket_waiting}, {@code lock_state_pkey}. */
    private static final String UNCALLED = """
            SELECT lock_id, variables FROM lock_state s
            WHERE variables IS NOT NULL AND settled AND EXISTS (
                SELECT FROM lock_ticket t WHERE t.lock_id = s.lock_id AND t.claim_id IS NOT NULL AND t.refused)
            ORDER BY lock_id FOR UPDATE SKIP LOCKED
            """;

    private Conditions() {}

    /** What can be done to a condition. */
    public enum Act {
        /** Other values, and whoever waits for what holds now is called. */
        SET,
        /** The values of the definition, likewise. */
        RESET,
        /** The first is called who waits for a signal, or for what holds. */
        SIGNAL,
        /** All are. */
        BROADCAST
    }

    /** @param variables that get other values first, as texts; none where all are reset */
    public record Change(Act act, Map<String, String> variables) {}

    /** @param called how many runs that waited were called */
    public record Outcome(Variables variables, int called) {}

    /**
     * Changes {@code condition} for {@code by}, audited.
     *
     * @throws Conflict if it is none
     * @throws Invalid if it has no such variable, or a value is not of its type
     */
    public static Outcome change(Transaction transaction, Lock condition, Change change, Actor by) {
        Outcome outcome = change(transaction, condition, change, by.name());
        Subject subject = new Subject("lock", condition.namespace(), condition.name());
        String act = "lock." + change.act().name().toLowerCase(Locale.ROOT);
        Audit.record(transaction, new AuditEntry(by, act, subject, Map.copyOf(change.variables())));
        return outcome;
    }

    /** As the other, for what is no account; not audited. */
    static Outcome change(Transaction transaction, Lock condition, Change change, String by) {
        if (condition.kind() != LockKind.CONDITION) {
            throw new Conflict("conflict.lock.no-condition", condition.fullName());
        }
        Variables now = lock(transaction, condition.id());
        Variables first = change.act() == Act.RESET ? condition.variables() : now;
        Variables then = first.with(change.variables());
        keep(transaction, condition.id(), then, change.act() != Act.SIGNAL, by);
        boolean signals = change.act() == Act.SIGNAL || change.act() == Act.BROADCAST;
        int called = new Waiters(transaction, condition.id())
                .call(wait -> (signals && wait.when() == null) || wait.holds(then), change.act() == Act.SIGNAL);
        return new Outcome(then, called);
    }

    /** The definition of {@code condition} has changed: what it still has keeps its value, what is new begins with its first. */
    static void redefine(Transaction transaction, Lock condition, String by) {
        Variables then = condition.variables().keeping(lock(transaction, condition.id()));
        keep(transaction, condition.id(), then, true, by);
        new Waiters(transaction, condition.id()).call(wait -> wait.holds(then), false);
    }

    /** By condition, of {@code locks} whose rows the caller has; without those that are none. */
    static Map<Long, Variables> variables(Transaction transaction, Collection<Long> locks) {
        return read(transaction.sql().createQuery(VARIABLES).bindArray("locks", Long.class, locks));
    }

    /** Those of {@code runs}, the rows of whose locks the caller has, go on that have waited for so long that they need wait no more. */
    public static void waive(Transaction transaction, List<Long> runs) {
        List<Long> waived = transaction
                .sql()
                .createQuery(WAIVE)
                .bindArray("runs", Long.class, runs)
                .mapTo(Long.class)
                .list();
        LockReleases.makeReady(transaction, waived);
    }

    /** Calls who was forgotten. @return how many: must be nobody */
    static int repair(Transaction transaction) {
        Map<Long, Variables> uncalled = read(transaction.sql().createQuery(UNCALLED));
        return uncalled.entrySet().stream()
                .mapToInt(one -> new Waiters(transaction, one.getKey()).call(wait -> wait.holds(one.getValue()), false))
                .sum();
    }

    /** Takes the row of {@code condition}. @return what it is like now */
    static Variables lock(Transaction transaction, long condition) {
        return transaction
                .sql()
                .createQuery(LOCK)
                .bind("lock", condition)
                .map((row, context) -> Variables.fromJson(row.getString("variables")))
                .one();
    }

    private static void keep(Transaction transaction, long condition, Variables variables, boolean settled, String by) {
        transaction
                .sql()
                .createUpdate(KEEP)
                .bind("lock", condition)
                .bind("variables", variables.toJson())
                .bind("settled", settled)
                .bind("by", by)
                .execute();
    }

    private static Map<Long, Variables> read(Query query) {
        Map<Long, Variables> found = new HashMap<>();
        query.map((row, context) -> found.put(row.getLong("lock_id"), Variables.fromJson(row.getString("variables"))))
                .list();
        return found;
    }
}

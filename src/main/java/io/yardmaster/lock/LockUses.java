package io.yardmaster.lock;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Map;

/** Who uses a lock, before it is archived or changed. The caller has the row of the lock, so that nobody begins to. */
final class LockUses {
    /** Up to five, for people. Jobs that name locks are few (index {@code job_claiming}). */
    private static final String NEEDING = """
            SELECT j.namespace || '/' || j.name || CASE WHEN :above > 0 THEN ' (' || p.units || ')' ELSE '' END
            FROM job j JOIN claim c ON c.id = j.claim_id CROSS JOIN unnest(c.locks, c.units) AS p (lock, units)
            WHERE j.claim_id IS NOT NULL AND j.archived_at IS NULL AND p.lock = :lock AND p.units > :above
            ORDER BY j.namespace, j.name LIMIT 5
            """;

    /** Jobs that wait for a condition or change it (indexes {@code job_claiming}, {@code job_signal_by_lock}). */
    private static final String NAMING = """
            SELECT j.namespace || '/' || j.name
            FROM job j LEFT JOIN claim c ON c.id = j.claim_id
            WHERE j.archived_at IS NULL AND (c.locks @> ARRAY[CAST(:lock AS bigint)]
                OR j.id = ANY (ARRAY(SELECT job_id FROM job_signal WHERE lock_id = :lock)))
            ORDER BY j.namespace, j.name LIMIT 5
            """;

    /** Jobs that wait for a condition (index {@code job_claiming}). */
    private static final String WAITING = """
            SELECT j.namespace || '/' || j.name AS name, c.waits
            FROM job j JOIN claim c ON c.id = j.claim_id
            WHERE j.claim_id IS NOT NULL AND j.archived_at IS NULL AND c.locks @> ARRAY[CAST(:lock AS bigint)]
            ORDER BY j.namespace, j.name
            """;

    /** Jobs that change a condition (index {@code job_signal_by_lock}). */
    private static final String CHANGING = """
            SELECT j.namespace || '/' || j.name AS name, s.variables
            FROM job_signal s JOIN job j ON j.id = s.job_id
            WHERE s.lock_id = :lock AND j.archived_at IS NULL
            ORDER BY j.namespace, j.name, s.place
            """;

    /** Indexes {@code lock_hold_pkey}, {@code lock_ticket_pkey}, {@code run_claiming}, {@code condition_signal_by_lock}. */
    private static final String RUNS = """
            SELECT run_id FROM lock_hold WHERE lock_id = :lock
            UNION SELECT run_id FROM lock_ticket WHERE lock_id = :lock
            UNION SELECT r.id FROM run r WHERE r.claim_id IN (SELECT id FROM claim WHERE locks @> ARRAY[CAST(:lock AS bigint)])
            UNION SELECT run_id FROM condition_signal WHERE lock_id = :lock
            LIMIT 5
            """;

    private final Transaction transaction;
    private final Lock lock;

    LockUses(Transaction transaction, Lock lock) {
        this.transaction = transaction;
        this.lock = lock;
    }

    /** @throws Conflict if jobs name it, or runs have it, wait for it or have just changed it */
    void insistOnNone() {
        List<String> jobs = texts(NAMING);
        if (!jobs.isEmpty()) {
            throw new Conflict("conflict.lock.needed", lock.fullName(), String.join(", ", jobs));
        }
        List<String> runs = texts(RUNS);
        if (!runs.isEmpty()) {
            throw new Conflict("conflict.lock.used", lock.fullName(), String.join(", ", runs));
        }
    }

    /** Adds the problem of jobs that need more permits. */
    void checkPermits(int permits, Invalid.Problems problems) {
        List<String> jobs = transaction
                .sql()
                .createQuery(NEEDING)
                .bind("lock", lock.id())
                .bind("above", permits)
                .mapTo(String.class)
                .list();
        problems.check(jobs.isEmpty(), "permits", permits, "invalid.lock.too-few", String.join(", ", jobs));
    }

    /** Adds the problems of jobs that wait for what {@code variables} are not, or give them values that they cannot have. */
    void checkVariables(Variables variables, Invalid.Problems problems) {
        transaction
                .sql()
                .createQuery(WAITING)
                .bind("lock", lock.id())
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("waits")))
                .forEach(job ->
                        checkWait(job.getKey(), Waits.fromJson(job.getValue()).get(lock.id()), variables, problems));
        transaction
                .sql()
                .createQuery(CHANGING)
                .bind("lock", lock.id())
                .map((row, context) -> Map.entry(row.getString("name"), Variables.texts(row.getString("variables"))))
                .forEach(job -> variables
                        .misfits(job.getValue())
                        .forEach(misfit -> problems.add(
                                "variables",
                                misfit.value(),
                                "invalid.variables.changed",
                                job.getKey(),
                                misfit.field())));
    }

    private static void checkWait(String job, Claim.Wait wait, Variables variables, Invalid.Problems problems) {
        String problem = wait.problem(variables);
        problems.check(problem == null, "variables", wait.when(), "invalid.variables.needed", job, problem);
    }

    private List<String> texts(String sql) {
        return transaction
                .sql()
                .createQuery(sql)
                .bind("lock", lock.id())
                .mapTo(String.class)
                .list();
    }
}

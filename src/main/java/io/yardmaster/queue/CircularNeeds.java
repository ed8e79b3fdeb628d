package io.yardmaster.queue;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.JobListener;
import io.yardmaster.lock.CircularWaits;
import io.yardmaster.lock.CircularWaits.Gift;
import io.yardmaster.lock.CircularWaits.Party;
import io.yardmaster.lock.Variables;
import io.yardmaster.lock.Waits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses a job whose runs would wait for a condition that only its own ends give, or those of jobs that wait for them. Told after what
 * the job needs and what its ends do has been kept.
 */
public final class CircularNeeds implements JobListener {
    /** So that two halves of a circle are not made beside each other. */
    private static final String ONE_AT_A_TIME =
            "SELECT pg_advisory_xact_lock(hashtextextended('circular needs', 0))::text";

    /** Jobs that wait are few (index {@code job_claiming}). */
    private static final String WAITING = """
            SELECT j.id, j.namespace || '/' || j.name AS name, c.waits
            FROM job j JOIN claim c ON c.id = j.claim_id
            WHERE j.claim_id IS NOT NULL AND j.archived_at IS NULL AND c.waits <> '[]'
            ORDER BY j.namespace, j.name
            """;

    /** So are those that signal. */
    private static final String GIVING = """
            SELECT j.id, j.namespace || '/' || j.name AS name, s.lock_id, s.act, s.variables
            FROM job_signal s JOIN job j ON j.id = s.job_id
            WHERE j.archived_at IS NULL
            ORDER BY j.namespace, j.name, s.place
            """;

    /** There are few locks. */
    private static final String CONDITIONS =
            "SELECT id, variables FROM lock WHERE kind = 'CONDITION' AND archived_at IS NULL";

    @Override
    public void created(Transaction transaction, Job job) {
        check(transaction, job);
    }

    @Override
    public void changed(Transaction transaction, Job job, JobDraft before) {
        boolean same = job.definition().locks().equals(before.definition().locks())
                && job.definition().signals().equals(before.definition().signals());
        if (!same) {
            check(transaction, job);
        }
    }

    @Override
    public void archived(Transaction transaction, Job job, Actor by) {}

    /** Whoever waits for nothing, or gives nothing, is in no circle. */
    private static void check(Transaction transaction, Job job) {
        if (job.definition().locks().isEmpty() || job.definition().signals().isEmpty()) {
            return;
        }
        transaction.sql().createQuery(ONE_AT_A_TIME).mapTo(String.class).one();
        List<String> stuck = new CircularWaits(conditions(transaction), parties(transaction)).stuck();
        if (stuck.contains(job.fullName())) {
            throw new Invalid("locks", job.name(), "invalid.locks.circular", String.join(", ", stuck));
        }
    }

    private static List<Party> parties(Transaction transaction) {
        Map<Long, Party> parties = new LinkedHashMap<>();
        transaction
                .sql()
                .createQuery(WAITING)
                .map((row, context) -> parties.put(
                        row.getLong("id"),
                        new Party(row.getString("name"), Waits.fromJson(row.getString("waits")), new ArrayList<>())))
                .list();
        transaction
                .sql()
                .createQuery(GIVING)
                .map((row, context) -> {
                    String name = row.getString("name");
                    String act = row.getString("act");
                    Gift gift = new Gift(
                            row.getLong("lock_id"),
                            act.equals("SIGNAL") || act.equals("BROADCAST"),
                            Variables.texts(row.getString("variables")));
                    return parties.computeIfAbsent(
                                    row.getLong("id"), id -> new Party(name, Map.of(), new ArrayList<>()))
                            .gifts()
                            .add(gift);
                })
                .list();
        return List.copyOf(parties.values());
    }

    private static Map<Long, Variables> conditions(Transaction transaction) {
        Map<Long, Variables> conditions = new HashMap<>();
        transaction
                .sql()
                .createQuery(CONDITIONS)
                .map((row, context) ->
                        conditions.put(row.getLong("id"), Variables.ofColumn(row.getString("variables"))))
                .list();
        return conditions;
    }
}

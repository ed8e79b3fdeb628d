package io.yardmaster.queue;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Channel;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.JobListener;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Overlap.Policy;
import io.yardmaster.lock.LockReleases;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps the runs of jobs apart that say so. At birth a job's policy decides, at dispatch its permits; both under the row of its
 * gate, as whatever frees a permit: either sees what the other did.
 *
 * <p>Runs on nodes are locked before the gate, since an attempt's end has its run when it comes to the gate; runs that wait after
 * it. Dispatch waits for neither.
 */
public final class Gates implements JobListener {
    /** What a job says. */
    record Rule(long job, int permits, Policy policy, Integer maxWaiting) {
        /** How many other runs matter: with as many a new one is skipped. */
        int most() {
            return maxWaiting == null ? 0 : permits + maxWaiting;
        }
    }

    /** Decides what becomes of {@code runs}, which were born in this transaction. */
    static void pass(Transaction transaction, List<Long> runs, boolean mayBeSkipped) {
        if (runs.isEmpty()) {
            return;
        }
        Map<Long, Rule> rules = rules(transaction, runs);
        List<Long> jobs = List.copyOf(rules.keySet());
        List<Long> replacing = jobs.stream()
                .filter(job -> mayBeSkipped && rules.get(job).policy() == Policy.REPLACE)
                .toList();
        if (!replacing.isEmpty()) {
            select(transaction, GateSql.LOCK_ON_NODES, "jobs", replacing);
        }
        lock(transaction, jobs);
        if (!replacing.isEmpty()) {
            LockReleases.holdOfJobs(transaction, replacing);
            replace(transaction, runs, replacing);
        }
        GatePass.of(transaction, runs, rules, mayBeSkipped).write(transaction);
    }

    /** The gates of those of {@code runs} that have one; nobody else passes them or waits before them now. */
    static List<Long> hold(Transaction transaction, List<Long> runs) {
        return select(transaction, GateSql.LOCK_OF_RUNS, "runs", runs);
    }

    /** Lets through what may, after something that was through is no more. */
    static void wake(Transaction transaction, List<Long> jobs) {
        if (!jobs.isEmpty()) {
            lock(transaction, jobs);
            wakeLocked(transaction, jobs);
        }
    }

    /** Lets through what was forgotten. @return how many: must be none */
    public static int repair(Transaction transaction) {
        List<Long> jobs = transaction
                .sql()
                .createQuery(GateSql.LOCK_WAITED_FOR)
                .mapTo(Long.class)
                .list();
        return jobs.isEmpty() ? 0 : wakeLocked(transaction, jobs);
    }

    /** Its runs go on to their ends, one after the other. */
    @Override
    public void archived(Transaction transaction, Job job, Actor by) {}

    /**
     * The runs that have not ended obey what the job says now. Those that are being born are waited for, and the queue tells
     * those that read the job before.
     */
    @Override
    public void changed(Transaction transaction, Job job, JobDraft before) {
        if (Objects.equals(overlap(job.draft()), overlap(before))) {
            return;
        }
        transaction
                .sql()
                .createUpdate(GateSql.PERMITS_CHANGED)
                .bind("queue", before.queueId())
                .execute();
        select(transaction, GateSql.LOCK_ON_NODES, "jobs", List.of(job.id()));
        lock(transaction, List.of(job.id()));
        int stamped = transaction
                .sql()
                .createUpdate(GateSql.STAMP)
                .bind("job", job.id())
                .execute();
        if (stamped > 0) {
            transaction.announce(Channel.RUNS_READY);
            wakeLocked(transaction, List.of(job.id()));
        }
    }

    private static Overlap overlap(JobDraft draft) {
        return draft.definition().rules().overlap();
    }

    private static int wakeLocked(Transaction transaction, List<Long> jobs) {
        int woken = transaction
                .sql()
                .createUpdate(GateSql.WAKE)
                .bindArray("jobs", Long.class, jobs)
                .execute();
        if (woken > 0) {
            transaction.announce(Channel.RUNS_READY);
        }
        return woken;
    }

    private static void lock(Transaction transaction, List<Long> jobs) {
        List<Long> distinct = jobs.stream().distinct().toList();
        if (select(transaction, GateSql.LOCK, "jobs", distinct).size() < distinct.size()) {
            transaction
                    .sql()
                    .createUpdate(GateSql.MAKE)
                    .bindArray("jobs", Long.class, distinct)
                    .execute();
            select(transaction, GateSql.LOCK, "jobs", distinct);
        }
    }

    private static void replace(Transaction transaction, List<Long> runs, List<Long> jobs) {
        List<Long> ended = transaction
                .sql()
                .createQuery(GateSql.REPLACE_WAITING)
                .bindArray("runs", Long.class, runs)
                .bindArray("jobs", Long.class, jobs)
                .map((row, context) -> row.getLong("id"))
                .list();
        LockReleases.release(transaction, ended);
        int marked = transaction
                .sql()
                .createUpdate(GateSql.REPLACE_RUNNING)
                .bindArray("runs", Long.class, runs)
                .bindArray("jobs", Long.class, jobs)
                .execute();
        if (marked > 0) {
            transaction.announce(Channel.NODE_NEWS);
        }
    }

    private static Map<Long, Rule> rules(Transaction transaction, List<Long> runs) {
        return transaction
                .sql()
                .createQuery(GateSql.RULES)
                .bindArray("runs", Long.class, runs)
                .map((row, context) -> new Rule(
                        row.getLong("id"),
                        row.getInt("permits"),
                        Policy.valueOf(row.getString("policy")),
                        row.getObject("max_waiting", Integer.class)))
                .stream()
                .collect(Collectors.toMap(Rule::job, Function.identity()));
    }

    private static List<Long> select(Transaction transaction, String sql, String name, List<Long> values) {
        return transaction
                .sql()
                .createQuery(sql)
                .bindArray(name, Long.class, values)
                .mapTo(Long.class)
                .list();
    }
}

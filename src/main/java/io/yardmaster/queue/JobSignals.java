package io.yardmaster.queue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.audit.Actor;
import io.yardmaster.database.Columns;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.JobListener;
import io.yardmaster.job.JobSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the conditions that the ends of jobs' runs change, and keeps beside each job what its ends do. */
public final class JobSignals implements JobListener {
    private static final JsonMapper JSON = new JsonMapper();

    /** Index {@code job_signal_pkey}. */
    private static final String FORGET = "DELETE FROM job_signal WHERE job_id = :job";

    private static final String KEEP = """
            INSERT INTO job_signal (job_id, place, lock_id, on_end, act, variables)
            SELECT :job, s.place, s.lock, s.on_end, s.act, CAST(s.variables AS jsonb)
            FROM unnest(:places, :locks, :ons, :acts, :variables) AS s (place, lock, on_end, act, variables)
            """;

    private record Kept(int place, long lock, JobSignal signal) {}

    @Override
    public void created(Transaction transaction, Job job) {
        if (!job.definition().signals().isEmpty()) {
            keep(transaction, job);
        }
    }

    @Override
    public void changed(Transaction transaction, Job job, JobDraft before) {
        if (!job.definition().signals().equals(before.definition().signals())) {
            transaction.sql().createUpdate(FORGET).bind("job", job.id()).execute();
            keep(transaction, job);
        }
    }

    /** Its runs go on to their ends, and do then what it says. */
    @Override
    public void archived(Transaction transaction, Job job, Actor by) {}

    private static void keep(Transaction transaction, Job job) {
        List<Kept> kept = found(transaction, job);
        if (kept.isEmpty()) {
            return;
        }
        transaction
                .sql()
                .createUpdate(KEEP)
                .bind("job", job.id())
                .bindNamedArgumentFinder(Columns.of(kept)
                        .with("places", Integer.class, Kept::place)
                        .with("locks", Long.class, Kept::lock)
                        .with("ons", String.class, one -> one.signal().on().name())
                        .with("acts", String.class, one -> one.signal().act().name())
                        .with(
                                "variables",
                                String.class,
                                one -> json(one.signal().variables())))
                .execute();
    }

    private static List<Kept> found(Transaction transaction, Job job) {
        List<JobSignal> signals = job.definition().signals();
        Map<String, NamedLock> named = NamedLock.hold(
                transaction,
                signals.stream().map(one -> one.fullName(job.namespace())).toList());
        Invalid.Problems problems = new Invalid.Problems();
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < signals.size(); i++) {
            JobSignal signal = signals.get(i);
            String field = "signals[" + i + "].";
            String fullName = signal.fullName(job.namespace());
            NamedLock condition = named.get(fullName);
            if (condition == null || !condition.isCondition()) {
                NamedLock.Place place = new NamedLock.Place(field + "condition", signal.condition(), fullName);
                NamedLock.addMissing(transaction, place, true, problems);
            } else {
                condition.variables().misfits(signal.variables()).stream()
                        .map(misfit -> misfit.at(field + misfit.field()))
                        .forEach(problems::add);
                kept.add(new Kept(i, condition.id(), signal));
            }
        }
        problems.throwIfAny();
        return kept;
    }

    private static String json(Map<String, String> variables) {
        ObjectNode node = JSON.createObjectNode();
        variables.forEach(node::put);
        return node.toString();
    }
}

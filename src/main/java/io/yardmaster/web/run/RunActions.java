package io.yardmaster.web.run;

import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobRules;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.Parameters;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.NewRun;
import io.yardmaster.queue.Reruns;
import io.yardmaster.queue.RunAct;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Run;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.util.Map;
import java.util.TreeMap;

/** What people and programs do with runs: permission asked, act done and audited, in the caller's transaction. */
public final class RunActions {
    private final Jobs jobs;
    private final Runs runs = new Runs();
    private final Reruns reruns;
    private final RunQueue queue;
    private final Cancellation cancellation = new Cancellation();

    public RunActions(Jobs jobs, RunQueue queue) {
        this.jobs = jobs;
        this.queue = queue;
        this.reruns = new Reruns(queue);
    }

    /**
     * How a run is run again.
     *
     * @param sameVersion of its job; otherwise the newest
     * @param parameters beside, or instead of, the job's own; null for those of that run
     */
    public record Again(boolean sameVersion, Map<String, String> parameters) {
        /** The job as it is now, with the parameters of that run. */
        static final Again AS_NOW = new Again(false, null);

        public Again {
            // in one order, by which a repeated request is known
            parameters = parameters == null ? null : new TreeMap<>(parameters);
        }
    }

    /** A run that the caller may do this with. @throws Missing if there is none, or none that they may see */
    public Run find(Transaction transaction, long id, Permission permission, Caller caller) {
        // in the same words for both: other words would tell that there is one
        Run run = runs.find(transaction, id)
                .filter(found -> caller.may(Permission.VIEW, found.job().namespace()))
                .orElseThrow(() -> new Missing("run " + id));
        caller.demand(permission, run.job().namespace());
        return run;
    }

    /**
     * Starts a job now.
     *
     * @param job that of {@code wanted}
     * @return id of the run
     * @throws Invalid naming everything that is wrong
     */
    public long start(Transaction transaction, Job job, NewRun wanted, Caller caller) {
        caller.demand(Permission.OPERATE, job.namespace());
        check(wanted.parameters(), wanted.priority());
        long run = queue.enqueue(transaction, wanted);
        record(transaction, "run.start", job.namespace(), run, Map.of("job", job.name()), caller);
        return run;
    }

    /** @param priority null for the job's */
    private static void check(Map<String, String> parameters, Integer priority) {
        Invalid.Problems problems = new Invalid.Problems();
        Parameters.check("parameters", parameters, problems);
        if (priority != null) {
            JobRules.checkPriority(priority, problems);
        }
        problems.throwIfAny();
    }

    /**
     * Starts the run's job again; one that ended as UNKNOWN is decided by it, unless it is already.
     *
     * @return id of the new run
     * @throws Conflict if the job is archived
     */
    public long rerun(Transaction transaction, long id, Again again, Caller caller) {
        Run run = find(transaction, id, Permission.OPERATE, caller);
        if (jobs.find(transaction, run.job().id())
                .filter(job -> !job.archived())
                .isEmpty()) {
            throw new Conflict(
                    "conflict.job.archived",
                    run.job().namespace() + "/" + run.job().name());
        }
        Map<String, String> parameters = again.parameters() == null ? run.parameters() : again.parameters();
        check(parameters, null);
        Integer version = again.sameVersion() ? run.job().version() : null;
        long made = reruns.rerun(transaction, run, version, parameters, caller.getName());
        Map<String, String> detail = Map.of("job", run.job().name(), "rerunOf", Long.toString(id));
        record(transaction, "run.start", run.job().namespace(), made, detail, caller);
        return made;
    }

    /** Asks for the end of a run; asking again changes nothing. */
    public Cancellation.Outcome cancel(Transaction transaction, long id, Caller caller) {
        Run run = find(transaction, id, Permission.OPERATE, caller);
        Cancellation.Outcome outcome = cancellation.request(transaction, id, caller.getName());
        if (outcome != Cancellation.Outcome.ALREADY_ENDED && run.cancellation() == null) {
            record(
                    transaction,
                    "run.cancel",
                    run.job().namespace(),
                    id,
                    Map.of("job", run.job().name()),
                    caller);
        }
        return outcome;
    }

    /** What was done with {@code run}: the act, its job and {@code more}. */
    void record(Transaction transaction, RunAct act, Run run, Map<String, String> more, Caller caller) {
        Map<String, String> detail = new TreeMap<>(more);
        detail.put("job", run.job().name());
        record(transaction, "run." + act.word(), run.job().namespace(), run.id(), detail, caller);
    }

    private static void record(
            Transaction transaction,
            String action,
            String namespace,
            long run,
            Map<String, String> detail,
            Caller caller) {
        Subject subject = new Subject("run", namespace, Long.toString(run));
        Audit.record(transaction, new AuditEntry(caller.actor(), action, subject, detail));
    }
}

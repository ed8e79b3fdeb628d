package io.yardmaster.queue;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Verdict;
import io.yardmaster.run.Verdicts;
import java.util.Map;

/** Runs jobs again as a run of them was. */
public final class Reruns {
    private final Verdicts verdicts = new Verdicts();
    private final RunQueue queue;

    public Reruns(RunQueue queue) {
        this.queue = queue;
    }

    /**
     * Starts the job of {@code run} again; a run that ended as UNKNOWN is decided by it, unless it is already.
     *
     * @param version of the job; null for its newest
     * @param parameters beside, or instead of, the job's own
     * @param by account that asks
     * @return id of the new run
     * @throws io.yardmaster.database.Missing if the job is archived
     */
    public long rerun(Transaction transaction, Run run, Integer version, Map<String, String> parameters, String by) {
        NewRun wanted = new NewRun(run.job().id(), version, Cause.rerunOf(run.id()), parameters, null);
        long made = queue.enqueue(transaction, wanted);
        if (run.state() == RunState.UNKNOWN) {
            verdicts.decide(transaction, Verdict.of(run.id(), Verdict.Kind.RERUN, "", made, by));
        }
        return made;
    }
}

package io.yardmaster.web.run;

import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Verdict;
import io.yardmaster.run.Verdicts;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** What people make of runs that ended as UNKNOWN: permission asked, kept and audited. */
public final class RunVerdicts {
    private final Verdicts verdicts = new Verdicts();
    private final RunActions actions;

    public RunVerdicts(RunActions actions) {
        this.actions = actions;
    }

    /**
     * Decides a run. Run again it is as it was, of the job as it is now.
     *
     * @throws Invalid without a kind, or without a reason for a mark
     * @throws Conflict if it did not end as UNKNOWN, or somebody has decided
     */
    public Verdict decide(Transaction transaction, long id, Verdict.Kind kind, String given, Caller caller) {
        Run run = actions.find(transaction, id, Permission.OPERATE, caller);
        insist(transaction, run);
        if (kind == Verdict.Kind.RERUN) {
            rerun(transaction, id, caller);
        } else {
            mark(transaction, run, kind, given, caller);
        }
        return verdicts.find(transaction, id).orElseThrow();
    }

    private void insist(Transaction transaction, Run run) {
        if (run.state() != RunState.UNKNOWN) {
            throw new Conflict("conflict.run.known", run.id(), Said.of("run.state." + run.state()));
        }
        verdicts.find(transaction, run.id()).ifPresent(RunVerdicts::refuse);
    }

    /** Who decides it at the same moment is waited for, and then this run of it is not made. */
    private void rerun(Transaction transaction, long id, Caller caller) {
        long made = actions.rerun(transaction, id, RunActions.Again.AS_NOW, caller);
        verdicts.find(transaction, id)
                .filter(verdict -> !Objects.equals(verdict.rerun(), made))
                .ifPresent(RunVerdicts::refuse);
    }

    private static void refuse(Verdict there) {
        throw new Conflict(
                "conflict.run.decided", there.run(), there.by(), there.at(), Said.of("run.verdict." + there.kind()));
    }

    private void mark(Transaction transaction, Run run, Verdict.Kind kind, String given, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(kind != null, "verdict", null, "invalid.choice", Arrays.asList(Verdict.Kind.values()));
        String reason = Reasons.needed(given, problems);
        problems.throwIfAny();
        if (!verdicts.decide(transaction, Verdict.of(run.id(), kind, reason, null, caller.getName()))) {
            verdicts.find(transaction, run.id()).ifPresent(RunVerdicts::refuse);
        }
        Subject subject = new Subject("run", run.job().namespace(), Long.toString(run.id()));
        Map<String, String> detail = Map.of("job", run.job().name(), "verdict", kind.name(), "reason", reason);
        Audit.record(transaction, new AuditEntry(caller.actor(), "run.decide", subject, detail));
    }
}

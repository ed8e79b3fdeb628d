package io.yardmaster.web.run;

import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.HandPauses;
import io.yardmaster.dispatch.HandPauses.Outcome;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.util.Map;

/** Pausing and resuming of single runs: permission asked, act done and audited, in the caller's transaction. */
final class RunPausing {
    private final RunActions actions;

    RunPausing(RunActions actions) {
        this.actions = actions;
    }

    /** Asking again changes nothing. */
    Outcome pause(Transaction transaction, long id, Caller caller) {
        Run run = actions.find(transaction, id, Permission.OPERATE, caller);
        return recorded(transaction, "run.pause", run, caller, HandPauses.pause(transaction, id, caller.getName()));
    }

    /** Likewise. */
    Outcome resume(Transaction transaction, long id, Caller caller) {
        Run run = actions.find(transaction, id, Permission.OPERATE, caller);
        return recorded(transaction, "run.resume", run, caller, HandPauses.resume(transaction, id));
    }

    private static Outcome recorded(Transaction transaction, String action, Run run, Caller caller, Outcome outcome) {
        if (outcome == Outcome.REQUESTED) {
            Subject subject = new Subject("run", run.job().namespace(), Long.toString(run.id()));
            Map<String, String> detail = Map.of("job", run.job().name());
            Audit.record(transaction, new AuditEntry(caller.actor(), action, subject, detail));
        }
        return outcome;
    }
}

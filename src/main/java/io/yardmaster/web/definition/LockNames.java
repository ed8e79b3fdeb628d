package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.JobSignal;
import io.yardmaster.job.LockNeed;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import java.util.List;

/**
 * A lock of another namespace must be one that the caller may operate, since who holds it keeps others from it; otherwise it is as if
 * there were none. What the job needs already it may keep.
 */
final class LockNames {
    private LockNames() {}

    /** @param there the job as it is; null for a new one */
    static void check(JobDraft draft, Job there, Caller caller, Invalid.Problems problems) {
        List<LockNeed> needs = draft.definition().locks();
        List<LockNeed> before = there == null ? List.of() : there.definition().locks();
        for (int i = 0; i < needs.size(); i++) {
            LockNeed need = needs.get(i);
            String full = need.fullName(draft.namespace());
            String namespace = full.substring(0, full.indexOf('/'));
            boolean usable = namespace.equals(draft.namespace())
                    || before.contains(need)
                    || caller.may(Permission.OPERATE, namespace);
            problems.check(usable, "locks[" + i + "].lock", need.lock(), "invalid.lock", namespace, "–");
        }
        checkSignals(draft, there, caller, problems);
    }

    private static void checkSignals(JobDraft draft, Job there, Caller caller, Invalid.Problems problems) {
        List<JobSignal> signals = draft.definition().signals();
        List<JobSignal> before = there == null ? List.of() : there.definition().signals();
        for (int i = 0; i < signals.size(); i++) {
            JobSignal signal = signals.get(i);
            String full = signal.fullName(draft.namespace());
            String namespace = full.substring(0, full.indexOf('/'));
            boolean usable = namespace.equals(draft.namespace())
                    || before.contains(signal)
                    || caller.may(Permission.OPERATE, namespace);
            String field = "signals[" + i + "].condition";
            problems.check(usable, field, signal.condition(), "invalid.condition", namespace, "–");
        }
    }
}

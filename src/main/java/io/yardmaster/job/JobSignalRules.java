package io.yardmaster.job;

import io.yardmaster.database.Invalid;
import java.util.List;

/** What a job can say of the conditions that its ends change, as far as that does not hang on the conditions. */
final class JobSignalRules {
    private static final int MOST = 20;

    private JobSignalRules() {}

    static void check(List<JobSignal> signals, Invalid.Problems problems) {
        if (signals.size() > MOST) {
            problems.add("signals", signals.size(), "invalid.signals.count", MOST);
            return;
        }
        for (int i = 0; i < signals.size(); i++) {
            String field = "signals[" + i + "].";
            JobSignal signal = signals.get(i);
            problems.check(
                    LockNeedRules.isPossible(signal.condition()),
                    field + "condition",
                    signal.condition(),
                    "invalid.lock.name");
            boolean sets = !signal.variables().isEmpty();
            problems.check(
                    sets || signal.act() != JobSignal.Act.SET, field + "variables", null, "invalid.signal.nothing");
            problems.check(
                    !sets || signal.act() != JobSignal.Act.RESET,
                    field + "variables",
                    String.join(", ", signal.variables().keySet()),
                    "invalid.signal.reset");
        }
    }
}

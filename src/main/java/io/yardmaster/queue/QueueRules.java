package io.yardmaster.queue;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import java.util.Arrays;
import java.util.List;

/** What makes a draft a queue. */
public final class QueueRules {
    private static final List<String> BALANCERS =
            Arrays.stream(Balancing.values()).map(Enum::name).toList();
    private static final int MOST_RUNNING = 100_000;
    private static final int MOST_WAITING = 1_000_000;
    private static final int GREATEST_WEIGHT = 1000;

    private QueueRules() {}

    /** Adds every problem of {@code draft}. */
    public static void check(QueueDraft draft, Invalid.Problems problems) {
        Names.check(draft.namespace(), draft.name(), draft.description(), problems);
        draft.order().check(problems);
        problems.check(BALANCERS.contains(draft.balancer()), "balancer", draft.balancer(), "invalid.choice", BALANCERS);
        problems.check(
                draft.shadow() == null || BALANCERS.contains(draft.shadow()),
                "shadow",
                draft.shadow(),
                "invalid.choice",
                BALANCERS);
        checkLimits(draft.limits(), problems);
    }

    /** Adds what is wrong with the figures that operators change. */
    static void checkLimits(QueueLimits limits, Invalid.Problems problems) {
        Integer running = limits.maxRunning();
        problems.check(isLimit(running, MOST_RUNNING), "maxRunning", running, "invalid.max-running", MOST_RUNNING);
        Integer waiting = limits.maxWaiting();
        problems.check(isLimit(waiting, MOST_WAITING), "maxWaiting", waiting, "invalid.max-waiting", MOST_WAITING);
        int weight = limits.weight();
        problems.check(weight >= 1 && weight <= GREATEST_WEIGHT, "weight", weight, "invalid.range", 1, GREATEST_WEIGHT);
    }

    private static boolean isLimit(Integer most, int greatest) {
        return most == null || (most >= 1 && most <= greatest);
    }
}

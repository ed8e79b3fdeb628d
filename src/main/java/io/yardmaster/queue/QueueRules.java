package io.yardmaster.queue;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Names;
import java.util.Arrays;
import java.util.List;

/** What makes a draft a queue. */
public final class QueueRules {
    private static final List<String> BALANCERS =
            Arrays.stream(Balancing.values()).map(Enum::name).toList();
    private static final int MOST_RUNNING = 100_000;
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
        checkLimits(draft.maxRunning(), draft.weight(), problems);
    }

    /**
     * Adds what is wrong with the two figures that operators change.
     *
     * @param most null for any number
     */
    static void checkLimits(Integer most, int weight, Invalid.Problems problems) {
        problems.check(
                most == null || (most >= 1 && most <= MOST_RUNNING),
                "maxRunning",
                most,
                "invalid.max-running",
                MOST_RUNNING);
        problems.check(weight >= 1 && weight <= GREATEST_WEIGHT, "weight", weight, "invalid.range", 1, GREATEST_WEIGHT);
    }
}

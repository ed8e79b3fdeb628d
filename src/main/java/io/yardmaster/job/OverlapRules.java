package io.yardmaster.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.Overlap.Policy;

/** What makes an overlap one that means something. */
final class OverlapRules {
    private static final int MOST = 100_000;

    private OverlapRules() {}

    static void check(Overlap overlap, Invalid.Problems problems) {
        Policy policy = overlap.policy();
        Integer parallel = overlap.maxParallel();
        Integer waiting = overlap.maxWaiting();
        if (policy == Policy.ALLOW) {
            range("maxParallel", parallel, 1, problems);
            problems.check(
                    parallel != null || waiting == null, "overlap.maxWaiting", waiting, "invalid.overlap.waiting");
        } else {
            problems.check(
                    parallel == null || parallel == 1,
                    "overlap.maxParallel",
                    parallel,
                    "invalid.overlap.parallel",
                    policy);
        }
        if (policy == Policy.FORBID || policy == Policy.REPLACE) {
            problems.check(waiting == null, "overlap.maxWaiting", waiting, "invalid.overlap.never-waits", policy);
        } else {
            range("maxWaiting", waiting, 0, problems);
        }
    }

    private static void range(String field, Integer value, int least, Invalid.Problems problems) {
        problems.check(
                value == null || (value >= least && value <= MOST),
                "overlap." + field,
                value,
                "invalid.range",
                least,
                MOST);
    }
}

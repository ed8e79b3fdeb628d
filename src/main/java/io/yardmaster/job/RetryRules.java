package io.yardmaster.job;

import io.yardmaster.database.Invalid;

/** What makes a retry one that can be kept. */
final class RetryRules {
    private static final int MOST = 100;
    private static final long LONGEST_DELAY = 24 * 3600;
    private static final long LONGEST = 7 * LONGEST_DELAY;
    private static final long MOST_JITTER = 3600;
    private static final int GREATEST_BACKOFF = 10;

    private RetryRules() {}

    static void check(Retry retry, Delivery delivery, Invalid.Problems problems) {
        if (delivery == Delivery.AT_MOST_ONCE) {
            problems.add("retry", null, "invalid.retry.at-most-once");
        }
        range("count", retry.count(), 0, MOST, problems);
        range("delay", retry.delay(), 0, LONGEST_DELAY, problems);
        range("maxDelay", retry.maxDelay(), retry.delay(), LONGEST, problems);
        range("jitter", retry.jitter(), 0, MOST_JITTER, problems);
        problems.check(
                retry.backoff() >= 1 && retry.backoff() <= GREATEST_BACKOFF,
                "retry.backoff",
                retry.backoff(),
                "invalid.from-to",
                1,
                GREATEST_BACKOFF);
        problems.check(!retry.on().isEmpty(), "retry.on", null, "invalid.retry.on");
    }

    private static void range(String field, long value, long least, long most, Invalid.Problems problems) {
        problems.check(value >= least && value <= most, "retry." + field, value, "invalid.range", least, most);
    }
}

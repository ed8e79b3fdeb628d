package io.yardmaster.job;

import io.yardmaster.database.Invalid;
import java.util.List;
import java.util.regex.Pattern;

/** What a job can say of the nodes of its runs. */
final class NeedRules {
    private static final Pattern SELECTOR =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?(=[A-Za-z0-9._/-]{1,63})?");
    private static final int MOST_SLOTS = 10_000;
    private static final int MOST_SELECTORS = 20;

    private NeedRules() {}

    static void check(Need need, Invalid.Problems problems) {
        problems.check(
                need.slots() >= 1 && need.slots() <= MOST_SLOTS, "slots", need.slots(), "invalid.range", 1, MOST_SLOTS);
        check("nodes.must", need.must(), problems);
        check("nodes.prefer", need.prefer(), problems);
        check("nodes.avoid", need.avoid(), problems);
        need.must().stream()
                .filter(need.avoid()::contains)
                .forEach(both -> problems.add("nodes.avoid", both, "invalid.selector.both"));
    }

    private static void check(String field, List<String> selectors, Invalid.Problems problems) {
        problems.check(
                selectors.size() <= MOST_SELECTORS, field, selectors.size(), "invalid.selectors", MOST_SELECTORS);
        selectors.stream()
                .filter(selector -> !SELECTOR.matcher(selector).matches())
                .forEach(bad -> problems.add(field, bad, "invalid.selector"));
    }
}

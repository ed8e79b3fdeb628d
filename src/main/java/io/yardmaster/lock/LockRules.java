package io.yardmaster.lock;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import io.yardmaster.database.Text;
import java.util.Arrays;
import java.util.List;

/** What makes a draft a lock. */
public final class LockRules {
    private static final int OWNER_LIMIT = 200;
    private static final int MOST_PERMITS = 1_000_000;
    private static final List<String> KINDS =
            Arrays.stream(LockKind.values()).map(Enum::name).toList();

    private LockRules() {}

    /** Adds every problem of {@code draft}. */
    public static void check(LockDraft draft, Invalid.Problems problems) {
        Names.check(draft.namespace(), draft.name(), draft.description(), problems);
        Text.check("owner", draft.owner(), OWNER_LIMIT, problems);
        problems.check(KINDS.contains(draft.kind()), "type", draft.kind(), "invalid.choice", KINDS);
        Integer permits = draft.permits();
        if (LockKind.SEMAPHORE.name().equals(draft.kind())) {
            problems.check(
                    permits != null && permits >= 1 && permits <= MOST_PERMITS,
                    "permits",
                    permits,
                    "invalid.range",
                    1,
                    MOST_PERMITS);
        } else {
            problems.check(permits == null, "permits", permits, "invalid.lock.kind-permits");
        }
        boolean condition = LockKind.CONDITION.name().equals(draft.kind());
        if (draft.variables() != null) {
            problems.check(condition, "variables", draft.variables().values(), "invalid.lock.kind-variables");
            draft.variables().check(problems);
        }
    }
}

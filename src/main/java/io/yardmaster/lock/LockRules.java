package io.yardmaster.lock;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What makes a draft a lock. */
public final class LockRules {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?");
    private static final int DESCRIPTION_LIMIT = 2000;
    private static final int OWNER_LIMIT = 200;
    private static final int MOST_PERMITS = 1_000_000;
    private static final List<String> KINDS =
            Arrays.stream(LockKind.values()).map(Enum::name).toList();

    private LockRules() {}

    /** Adds every problem of {@code draft}. */
    public static void check(LockDraft draft, Invalid.Problems problems) {
        problems.check(
                NAMESPACE.matcher(draft.namespace()).matches(), "namespace", draft.namespace(), "invalid.namespace");
        problems.check(NAME.matcher(draft.name()).matches(), "name", draft.name(), "invalid.name");
        checkText("description", draft.description(), DESCRIPTION_LIMIT, problems);
        checkText("owner", draft.owner(), OWNER_LIMIT, problems);
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
    }

    /** Whether a lock can be called so: what cannot need not be looked for. */
    static boolean arePossible(String namespace, String name) {
        return NAMESPACE.matcher(namespace).matches() && NAME.matcher(name).matches();
    }

    private static void checkText(String field, String value, int limit, Invalid.Problems problems) {
        int length = value.codePointCount(0, value.length());
        problems.check(length <= limit, field, value, "invalid.length", length, limit);
        problems.check(Text.isStorable(value), field, value, "invalid.unstorable");
    }
}

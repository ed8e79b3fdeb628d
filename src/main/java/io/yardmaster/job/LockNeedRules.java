package io.yardmaster.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Names;
import io.yardmaster.database.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a job can say of the locks of its runs, as far as that does not hang on the locks. */
final class LockNeedRules {
    private static final int MOST_LOCKS = 20;
    private static final int MOST_PERMITS = 1_000_000;
    private static final int LONGEST_PREDICATE = 500;
    private static final long LONGEST_TIMEOUT = 30L * 24 * 3600;

    private LockNeedRules() {}

    /** @param namespace of the job */
    static void check(String namespace, List<LockNeed> needs, Invalid.Problems problems) {
        if (needs.size() > MOST_LOCKS) {
            problems.add("locks", needs.size(), "invalid.locks.count", MOST_LOCKS);
            return;
        }
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < needs.size(); i++) {
            String field = "locks[" + i + "].";
            LockNeed need = needs.get(i);
            if (isPossible(need.lock())) {
                problems.check(tokens.add(token(need, namespace)), field + "lock", need.lock(), "invalid.lock.twice");
            } else {
                problems.add(field + "lock", need.lock(), "invalid.lock.name");
            }
            Integer permits = need.permits();
            problems.check(
                    permits == null || (permits >= 1 && permits <= MOST_PERMITS),
                    field + "permits",
                    permits,
                    "invalid.range",
                    1,
                    MOST_PERMITS);
            checkWait(field, need, problems);
        }
    }

    private static void checkWait(String field, LockNeed need, Invalid.Problems problems) {
        if (need.when() != null) {
            Text.check(field + "when", need.when(), LONGEST_PREDICATE, problems);
            problems.check(!need.when().isBlank(), field + "when", need.when(), "invalid.lock.when-empty");
        }
        Long timeout = need.timeout();
        problems.check(
                timeout == null || (timeout >= 1 && timeout <= LONGEST_TIMEOUT),
                field + "timeout",
                timeout,
                "invalid.timeout",
                LONGEST_TIMEOUT);
        problems.check(
                need.otherwise() == null || timeout != null,
                field + "otherwise",
                need.otherwise(),
                "invalid.lock.otherwise");
    }

    static boolean isPossible(String lock) {
        int slash = lock.indexOf('/');
        return slash < 0
                ? Names.arePossible("default", lock)
                : Names.arePossible(lock.substring(0, slash), lock.substring(slash + 1));
    }

    /** Two locks must not give a task one variable for their tokens, and so neither be the same. */
    private static String token(LockNeed need, String namespace) {
        String full = need.fullName(namespace);
        String name = full.startsWith(namespace + "/") ? full.substring(namespace.length() + 1) : full;
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}

package io.yardmaster.web.run;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;

/** Why somebody does something, in their words. */
final class Reasons {
    private static final int LONGEST = 500;

    private Reasons() {}

    /** Empty for null. @throws Invalid if it is too long or cannot be stored */
    static String optional(String given) {
        Invalid.Problems problems = new Invalid.Problems();
        String reason = read(given, problems);
        problems.throwIfAny();
        return reason;
    }

    /** What is wrong is added to {@code problems}, that it is missing too. */
    static String needed(String given, Invalid.Problems problems) {
        String reason = read(given, problems);
        problems.check(!reason.isEmpty(), "reason", null, "invalid.reason.missing");
        return reason;
    }

    private static String read(String given, Invalid.Problems problems) {
        String reason = given == null ? "" : given.strip();
        problems.check(
                reason.length() <= LONGEST && Text.isStorable(reason), "reason", reason, "invalid.text.limit", LONGEST);
        return reason;
    }
}

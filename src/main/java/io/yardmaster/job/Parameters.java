package io.yardmaster.job;

import io.yardmaster.database.Invalid;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rules of parameters, whether a job, a schedule or somebody who starts a run gives them. */
public final class Parameters {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final String RESERVED = "YARDMASTER_";
    private static final int COUNT_LIMIT = 100;
    /** Linux takes at most 128 KiB for one variable of an environment, in bytes of UTF-8. */
    private static final int VALUE_LIMIT = 32_768;

    private static final int TOTAL_LIMIT = 262_144;

    private Parameters() {}

    /** @param field what the parameters stand under in their document, such as {@code parameters} */
    public static void check(String field, Map<String, String> parameters, Invalid.Problems problems) {
        if (parameters.size() > COUNT_LIMIT) {
            problems.add(field, parameters.size() + " parameters", "there may be at most " + COUNT_LIMIT);
            return;
        }
        parameters.forEach((name, value) -> {
            checkName(field, name, problems);
            checkValue(field + "." + name, value, problems);
        });
        long total = parameters.values().stream()
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .sum();
        problems.check(
                total <= TOTAL_LIMIT,
                field,
                total + " characters",
                "may hold " + TOTAL_LIMIT + " characters in all: give a file or URL for what is longer");
    }

    private static void checkName(String field, String name, Invalid.Problems problems) {
        problems.check(
                NAME.matcher(name).matches(),
                field,
                name,
                "a parameter's name is 1 to 100 letters, digits and '_', and begins with no digit");
        problems.check(
                !name.startsWith(RESERVED),
                field,
                name,
                "names that begin with " + RESERVED + " are set by Yardmaster: choose another");
    }

    private static void checkValue(String field, String value, Invalid.Problems problems) {
        if (value == null) {
            problems.add(field, null, "has no value: write \"\" for an empty one");
            return;
        }
        problems.check(
                value.length() <= VALUE_LIMIT,
                field,
                value,
                "has " + value.length() + " characters but may have " + VALUE_LIMIT
                        + ": give a file or URL for what is longer");
        problems.check(
                Text.isStorable(value),
                field,
                value,
                "holds a NUL or half a character, which no environment can: leave it out");
    }
}

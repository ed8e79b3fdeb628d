package io.yardmaster.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Text;
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
            problems.add(field, parameters.size() + " parameters", "invalid.parameters.count", COUNT_LIMIT);
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
        problems.check(total <= TOTAL_LIMIT, field, total + " characters", "invalid.parameters.total", TOTAL_LIMIT);
    }

    private static void checkName(String field, String name, Invalid.Problems problems) {
        problems.check(NAME.matcher(name).matches(), field, name, "invalid.parameter.name");
        problems.check(!name.startsWith(RESERVED), field, name, "invalid.parameter.reserved", RESERVED);
    }

    private static void checkValue(String field, String value, Invalid.Problems problems) {
        if (value == null) {
            problems.add(field, null, "invalid.parameter.no-value");
            return;
        }
        problems.check(
                value.length() <= VALUE_LIMIT, field, value, "invalid.parameter.long", value.length(), VALUE_LIMIT);
        problems.check(Text.isStorable(value), field, value, "invalid.unstorable");
    }
}

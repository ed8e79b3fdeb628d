package io.yardmaster.web.lock;

import io.yardmaster.database.Invalid;
import io.yardmaster.lock.Conditions.Act;
import java.util.Arrays;
import java.util.Locale;

/** What can be done to a condition, as it stands in forms and addresses: in lower case. */
final class ConditionAct {
    private ConditionAct() {}

    /** @throws Invalid if there is none of that name */
    static Act read(String written) {
        return Arrays.stream(Act.values())
                .filter(act -> act.name().toLowerCase(Locale.ROOT).equals(written))
                .findFirst()
                .orElseThrow(() -> new Invalid("act", written, "invalid.choice", "[set, reset, signal, broadcast]"));
    }
}

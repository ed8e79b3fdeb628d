package io.yardmaster.web.run;

import io.yardmaster.database.Said;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was told of an attempt's end, in its reader's language as far as it is one of the sentences that there are. */
final class Told {
    private static final Pattern KNOWN = Pattern.compile(
            "(?:exit code (?<code>[0-9]{1,3})|ended by signal (?<signal>[0-9]{1,2})"
                    + "|ended when its time limit of (?<limit>[0-9.]{1,20}) s was over)(?:; (?<more>.*))?"
                    + "|closed by (?<by>\\S+) without the word of node (?<node>\\S+): (?<reason>.*)",
            Pattern.DOTALL);

    private Told() {}

    /** @param message as it is shown; null for none, and then null is returned */
    static Said of(String message) {
        if (message == null) {
            return null;
        }
        Matcher known = KNOWN.matcher(message);
        if (!known.matches()) {
            return Said.of("run.told", message);
        }
        if (known.group("by") != null) {
            return Said.of("run.told.closed", known.group("by"), known.group("node"), known.group("reason"));
        }
        Said first = first(known);
        return known.group("more") == null ? first : Said.of("run.told.more", first, known.group("more"));
    }

    private static Said first(Matcher known) {
        if (known.group("code") != null) {
            return Said.of("run.told.exit-code", known.group("code"));
        }
        return known.group("signal") != null
                ? Said.of("run.told.signal", known.group("signal"))
                : Said.of("run.told.time-limit", known.group("limit"));
    }
}

package io.yardmaster.web.run;

import io.yardmaster.database.Said;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was told of an attempt's end, in its reader's language as far as it is one of the sentences that there are. */
final class Told {
    private static final Pattern KNOWN = Pattern.compile(
            "(?:exit code (?<code>[0-9]{1,3})|ended by signal (?<signal>[0-9]{1,2})"
                    + "|ended when its time limit of (?<limit>[0-9.]{1,20}) s was over)(?:; (?<more>.*))?"
                    + "|(?<skipped>skipped, since) (?:run [0-9]+ of its job had not ended"
                    + "|(?<full>as many) runs of its job waited as may; run [0-9]+ is one of them)"
                    + "|skipped, since as many runs as may \\((?<most>[0-9]+)\\) waited in queue (?<queue>\\S+)"
                    + "|(?<replaced>replaced by) run [0-9]+"
                    + "|(?<overdue>ended by the server, since its time limit was over)"
                    + "|waited longer than the (?<waited>[0-9]+) s that its job allows"
                    + "|closed by (?<by>\\S+) without the word of node (?<node>\\S+): (?<reason>.*)",
            Pattern.DOTALL);

    private static final Pattern NAMED = Pattern.compile("(?:skipped, since|replaced by) .*?\\brun ([0-9]{1,19})\\b.*");

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
        if (known.group("skipped") != null) {
            return Said.of(known.group("full") == null ? "run.told.skipped" : "run.told.skipped-full");
        }
        if (known.group("queue") != null) {
            return Said.of("run.told.queue-full", known.group("most"), known.group("queue"));
        }
        if (known.group("replaced") != null) {
            return Said.of("run.told.replaced");
        }
        if (known.group("overdue") != null) {
            return Said.of("run.told.overdue");
        }
        if (known.group("waited") != null) {
            return Said.of("run.told.expired", known.group("waited"));
        }
        Said first = first(known);
        return known.group("more") == null ? first : Said.of("run.told.more", first, known.group("more"));
    }

    /** The run that a skipped or replaced one had in its way; null if none is named. */
    static String named(String message) {
        Matcher named = NAMED.matcher(message == null ? "" : message);
        return named.matches() ? named.group(1) : null;
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

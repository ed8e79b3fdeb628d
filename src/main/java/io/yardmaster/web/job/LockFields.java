package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.LockNeed;
import io.yardmaster.web.form.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The locks of a job's runs as a field: one a line, its name and behind it READ or WRITE, or how many permits. */
final class LockFields {
    private static final String FIELD = "locks";

    private LockFields() {}

    static Form fill(Form form, List<LockNeed> needs) {
        return form.with(FIELD, needs.stream().map(LockFields::line).collect(Collectors.joining("\n")));
    }

    /** As it is typed. */
    static String line(LockNeed need) {
        if (need.mode() != null) {
            return need.lock() + " " + need.mode();
        }
        return need.permits() == null ? need.lock() : need.lock() + " " + need.permits();
    }

    static List<LockNeed> read(Form form, Invalid.Problems problems) {
        List<LockNeed> needs = new ArrayList<>();
        form.value(FIELD)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    String[] words = line.split("\\s+");
                    LockNeed need = need(words);
                    if (need == null) {
                        problems.add(FIELD, line, "invalid.lock.line");
                    } else {
                        needs.add(need);
                    }
                });
        return needs;
    }

    /** Null if they are not understood. */
    private static LockNeed need(String... words) {
        if (words.length == 1) {
            return new LockNeed(words[0], null, null);
        }
        if (words.length > 2) {
            return null;
        }
        return switch (words[1].toUpperCase(Locale.ROOT)) {
            case "READ" -> new LockNeed(words[0], LockNeed.Mode.READ, null);
            case "WRITE" -> new LockNeed(words[0], LockNeed.Mode.WRITE, null);
            default -> words[1].matches("[0-9]{1,9}") ? new LockNeed(words[0], null, Integer.valueOf(words[1])) : null;
        };
    }

    /** A problem of one of the locks, told at the field. */
    static Invalid.Problem atField(Invalid.Problem problem) {
        return problem.field().startsWith(FIELD + "[") ? problem.at(FIELD) : problem;
    }
}

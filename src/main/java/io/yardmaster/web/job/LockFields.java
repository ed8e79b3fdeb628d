package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.LockNeed;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The locks of a job's runs as a field: one a line, its name and behind it READ or WRITE, or how many permits; of a condition
 * {@code timeout 2h otherwise SKIP when dataIn && files > 3}, each part as needed.
 */
final class LockFields {
    private static final String FIELD = "locks";
    private static final Pattern LINE = Pattern.compile(
            "(?<lock>\\S+)(?:\\s+(?:(?<mode>READ|WRITE)|(?<permits>[0-9]{1,9})))?(?:\\s+timeout\\s+(?<timeout>\\S+))?"
                    + "(?:\\s+otherwise\\s+(?<otherwise>FAIL|SKIP|RUN))?(?:\\s+when\\s+(?<when>.+))?",
            Pattern.CASE_INSENSITIVE);

    private LockFields() {}

    static Form fill(Form form, List<LockNeed> needs) {
        return form.with(FIELD, needs.stream().map(LockFields::line).collect(Collectors.joining("\n")));
    }

    /** As it is typed. */
    static String line(LockNeed need) {
        StringBuilder line = new StringBuilder(need.lock());
        append(line, " ", need.mode());
        append(line, " ", need.permits());
        append(line, " timeout ", need.timeout() == null ? null : written(need.timeout()));
        append(line, " otherwise ", need.otherwise());
        append(line, " when ", need.when());
        return line.toString();
    }

    private static void append(StringBuilder line, String before, Object value) {
        if (value != null) {
            line.append(before).append(value);
        }
    }

    /** Without blanks, which part words. */
    private static String written(long seconds) {
        return Amounts.ofSeconds(seconds).replace(" ", "");
    }

    static List<LockNeed> read(Form form, Invalid.Problems problems) {
        List<LockNeed> needs = new ArrayList<>();
        form.value(FIELD)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    Matcher parts = LINE.matcher(line);
                    if (parts.matches()) {
                        needs.add(need(parts, problems));
                    } else {
                        problems.add(FIELD, line, "invalid.lock.line");
                    }
                });
        return needs;
    }

    private static LockNeed need(Matcher parts, Invalid.Problems problems) {
        String mode = parts.group("mode");
        String permits = parts.group("permits");
        String timeout = parts.group("timeout");
        String otherwise = parts.group("otherwise");
        return new LockNeed(
                parts.group("lock"),
                mode == null ? null : LockNeed.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
                permits == null ? null : Integer.valueOf(permits),
                parts.group("when"),
                timeout == null ? null : Amounts.seconds(FIELD, timeout, problems),
                otherwise == null ? null : LockNeed.Otherwise.valueOf(otherwise.toUpperCase(Locale.ROOT)));
    }

    /** A problem of one of the locks, told at the field. */
    static Invalid.Problem atField(Invalid.Problem problem) {
        return problem.field().startsWith(FIELD + "[") ? problem.at(FIELD) : problem;
    }
}

package io.yardmaster.web.job;

import io.yardmaster.database.Invalid;
import io.yardmaster.job.JobSignal;
import io.yardmaster.web.form.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the ends of a job's runs do to conditions as a field: one a line, as {@code data-in on ANY SET dataIn=true day="2 Nov"}. Without
 * {@code on} it is success, without an act it is set.
 */
final class SignalFields {
    private static final String FIELD = "signals";
    private static final String VALUE = "[A-Za-z][A-Za-z0-9_]*=(?:\"[^\"]*\"|[^\\s\"]*)";
    private static final Pattern LINE = Pattern.compile(
            "(?<condition>\\S+)(?:\\s+on\\s+(?<on>SUCCESS|FAILURE|ANY))?(?:\\s+(?<act>SET|RESET|SIGNAL|BROADCAST))?(?<values>(?:\\s+"
                    + VALUE + ")*)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern VALUES = Pattern.compile(VALUE);

    private SignalFields() {}

    static Form fill(Form form, List<JobSignal> signals) {
        return form.with(FIELD, signals.stream().map(SignalFields::line).collect(Collectors.joining("\n")));
    }

    /** As it is typed. */
    static String line(JobSignal signal) {
        StringBuilder line = new StringBuilder(signal.condition());
        line.append(" on ").append(signal.on()).append(' ').append(signal.act());
        signal.variables().forEach((name, value) -> {
            boolean plain = VALUES.matcher(name + "=" + value).matches() && !value.startsWith("\"");
            line.append(' ').append(name).append('=').append(plain ? value : '"' + value + '"');
        });
        return line.toString();
    }

    static List<JobSignal> read(Form form, Invalid.Problems problems) {
        List<JobSignal> signals = new ArrayList<>();
        form.value(FIELD)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    Matcher parts = LINE.matcher(line);
                    if (parts.matches()) {
                        signals.add(signal(parts));
                    } else {
                        problems.add(FIELD, line, "invalid.signal.line");
                    }
                });
        return signals;
    }

    private static JobSignal signal(Matcher parts) {
        String on = parts.group("on");
        String act = parts.group("act");
        return new JobSignal(
                parts.group("condition"),
                on == null ? null : JobSignal.On.valueOf(on.toUpperCase(Locale.ROOT)),
                act == null ? null : JobSignal.Act.valueOf(act.toUpperCase(Locale.ROOT)),
                values(parts.group("values")));
    }

    private static Map<String, String> values(String written) {
        Map<String, String> values = new TreeMap<>();
        VALUES.matcher(written).results().forEach(found -> {
            String pair = found.group();
            int equals = pair.indexOf('=');
            String value = pair.substring(equals + 1);
            values.put(
                    pair.substring(0, equals), value.startsWith("\"") ? value.substring(1, value.length() - 1) : value);
        });
        return values;
    }

    /** A problem of one of the signals, told at the field. */
    static Invalid.Problem atField(Invalid.Problem problem) {
        return problem.field().startsWith(FIELD + "[") ? problem.at(FIELD) : problem;
    }
}

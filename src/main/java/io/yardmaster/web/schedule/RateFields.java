package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every so many seconds, hours or months, as fields of a form. What they cannot hold stands in a field of its own as ISO
 * 8601, which counts if it is filled in.
 */
final class RateFields {
    private static final String TEXT = "schedule.rate";
    private static final String EVERY = "schedule.rate.every";
    private static final String UNIT = "schedule.rate.unit";
    static final String FROM = "schedule.rate.from";
    private static final String TIMES = "schedule.rate.times";
    private static final Pattern SIMPLE = Pattern.compile("R([0-9]*)/([^/]+)/(PT?)([1-9][0-9]{0,8})([SMHDWY])");

    /** What is counted, by the letters of ISO 8601 around the number. */
    enum Unit {
        SECONDS("PT", "S"),
        MINUTES("PT", "M"),
        HOURS("PT", "H"),
        DAYS("P", "D"),
        WEEKS("P", "W"),
        MONTHS("P", "M"),
        YEARS("P", "Y");

        private final String before;
        private final String after;

        Unit(String before, String after) {
            this.before = before;
            this.after = after;
        }

        /** Null for none. */
        static Unit of(String before, String after) {
            for (Unit unit : values()) {
                if (unit.before.equals(before) && unit.after.equals(after)) {
                    return unit;
                }
            }
            return null;
        }
    }

    private RateFields() {}

    static boolean isBlank(Form form) {
        return form.text(TEXT).isEmpty() && form.text(EVERY).isEmpty();
    }

    static String expression(Form form, Invalid.Problems problems) {
        if (!form.text(TEXT).isEmpty()) {
            return form.text(TEXT);
        }
        int every = Amounts.positive(EVERY, form.value(EVERY), "invalid.schedule.every", problems);
        Unit unit = Objects.requireNonNullElse(Choices.read(form, UNIT, Unit.class, problems), Unit.MINUTES);
        Integer times = Amounts.number(TIMES, form.value(TIMES), problems);
        problems.check(!form.text(FROM).isEmpty(), FROM, "", "invalid.schedule.from");
        String from = form.text(FROM).isEmpty() ? "2026-01-01T00:00" : form.text(FROM);
        return "R" + (times == null ? "" : times) + "/" + from + "/" + unit.before + every + unit.after;
    }

    static Form fill(Form form, String expression) {
        Matcher parts = SIMPLE.matcher(expression);
        Unit unit = parts.matches() ? Unit.of(parts.group(3), parts.group(5)) : null;
        if (unit == null) {
            return form.with(TEXT, expression);
        }
        return form.with(TIMES, parts.group(1))
                .with(FROM, parts.group(2))
                .with(EVERY, parts.group(4))
                .with(UNIT, unit.name());
    }
}

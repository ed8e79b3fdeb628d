package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.web.definition.ScheduleWriter;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import java.time.Duration;
import java.util.Locale;

/** When, as fields of a form. Those of all kinds may be filled in; {@code schedule.kind} says which of them count. */
final class TimetableFields {
    static final String KIND = "schedule.kind";
    static final String CRON = "schedule.cron";
    static final String DIALECT = "schedule.dialect";
    static final String UNIX = "unix";
    static final String ZONE = "schedule.zone";
    private static final String DELAY = "schedule.delay";
    private static final String AT = "schedule.at";
    private static final String GAP = "schedule.gap";
    private static final String OVERLAP = "schedule.overlap";
    private static final String STANDARD_ZONE = "UTC";

    private TimetableFields() {}

    /** Whether nothing is said of the kind that is chosen. */
    static boolean isBlank(Form form) {
        return switch (kind(form, new Invalid.Problems())) {
            case CRON, UNIX_CRON -> form.text(CRON).isEmpty();
            case RATE -> RateFields.isBlank(form);
            case DATES -> DateFields.isBlank(form);
            case DELAY -> form.text(DELAY).isEmpty();
            case ONCE -> form.text(AT).isEmpty();
        };
    }

    /** When the form says, right or wrong; what cannot even be put together is added to {@code problems}. */
    static Timetable read(Form form, Invalid.Problems problems) {
        Kind kind = kind(form, problems);
        String expression = switch (kind) {
            case CRON, UNIX_CRON -> form.text(CRON);
            case RATE -> RateFields.expression(form, problems);
            case DATES -> DateFields.expression(form, problems);
            case DELAY -> delay(form, problems);
            case ONCE -> form.text(AT);
        };
        return new Timetable(
                kind,
                expression,
                zone(form),
                Choices.read(form, GAP, Gap.class, problems),
                Choices.read(form, OVERLAP, Overlap.class, problems));
    }

    static Form fill(Form form, Timetable timetable) {
        boolean unix = timetable.kind() == Kind.UNIX_CRON;
        Form filled = form.with(KIND, unix ? Kind.CRON.name() : timetable.kind().name())
                .with(ZONE, timetable.zone())
                .with(GAP, Choices.written(timetable.gap()))
                .with(OVERLAP, Choices.written(timetable.overlap()));
        String expression = ScheduleWriter.expression(timetable);
        return switch (timetable.kind()) {
            case CRON, UNIX_CRON -> filled.with(CRON, expression).with(DIALECT, unix ? UNIX : "quartz");
            case RATE -> RateFields.fill(filled, expression);
            case DATES -> DateFields.fill(filled, expression);
            case DELAY -> filled.with(DELAY, amount(expression));
            case ONCE -> filled.with(AT, expression);
        };
    }

    static String zone(Form form) {
        return form.text(ZONE).isEmpty() ? STANDARD_ZONE : form.text(ZONE);
    }

    private static Kind kind(Form form, Invalid.Problems problems) {
        Kind chosen = Choices.read(form, KIND, Kind.class, problems);
        String dialect = form.text(DIALECT);
        problems.check(dialect.matches("|quartz|unix"), DIALECT, dialect, "invalid.choice", "[quartz, unix]");
        if (chosen == null || chosen == Kind.CRON) {
            return dialect.equals(UNIX) ? Kind.UNIX_CRON : Kind.CRON;
        }
        return chosen;
    }

    /** An amount such as {@code 5m}, or a period of ISO 8601. */
    private static String delay(Form form, Invalid.Problems problems) {
        String typed = form.text(DELAY);
        if (typed.isEmpty() || typed.toUpperCase(Locale.ROOT).startsWith("P")) {
            return typed;
        }
        Long seconds = Amounts.seconds(DELAY, typed, problems);
        return Duration.ofSeconds(seconds == null ? 1 : seconds).toString();
    }

    /** The expression as an amount, if that says the very same. */
    private static String amount(String expression) {
        String amount = Amounts.ofSeconds(Duration.parse(expression).toSeconds());
        return Duration.ofSeconds(Duration.parse(expression).toSeconds())
                        .toString()
                        .equals(expression)
                ? amount
                : expression;
    }
}

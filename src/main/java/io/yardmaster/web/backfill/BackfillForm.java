package io.yardmaster.web.backfill;

import io.yardmaster.calendar.CalendarChoice;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.trigger.BackfillTerms;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.web.definition.BackfillRequest;
import io.yardmaster.web.definition.BackfillRequest.OnFailure;
import io.yardmaster.web.definition.BackfillRequest.Order;
import io.yardmaster.web.definition.GivenTimetable;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import io.yardmaster.web.schedule.CalendarFields;
import io.yardmaster.web.schedule.Choices;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A backfill as fields of a form, most of them called as in the API. */
public final class BackfillForm {
    /** Chosen as schedule, for a timetable given beside. No schedule can be called that. */
    public static final String OWN = "_own";

    /** The fields beside which the page tells problems. */
    public static final List<String> SHOWN = List.of(
            "schedule",
            "timetable.expression",
            "timetable.zone",
            "timetable.calendar",
            "timetable.calendarRule",
            "timetable.gap",
            "timetable.overlap",
            "from",
            "until",
            "parallelism",
            "rerun",
            "parameters");

    /** What a timetable of its own can be. */
    public static final List<Kind> KINDS = List.of(Kind.CRON, Kind.UNIX_CRON, Kind.RATE, Kind.DATES);

    private static final String TIMETABLE = "timetable";

    private BackfillForm() {}

    /** To begin with: since yesterday, by {@code schedule}, which may be null for there is none. */
    static Form blank(Schedule schedule, Instant now, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(now, zone);
        return Form.empty()
                .with("schedule", schedule == null ? OWN : schedule.name())
                .with("from", local.minusDays(1).truncatedTo(ChronoUnit.DAYS).toString())
                .with("until", local.truncatedTo(ChronoUnit.MINUTES).toString())
                .with("parallelism", Integer.toString(BackfillTerms.STANDARD.parallelism()))
                .with("order", Order.OLDEST_FIRST.name())
                .with("onFailure", OnFailure.STOP.name());
    }

    /** Names of those that the job's schedules can follow. */
    static List<String> calendars(Transaction transaction, Job job, Form form) {
        return CalendarFields.names(TIMETABLE, CalendarChoice.all(transaction, Set.of(job.namespace())), form);
    }

    /** @throws Invalid naming every field that cannot be read */
    static BackfillRequest read(Form form, Job job) {
        Invalid.Problems problems = new Invalid.Problems();
        boolean own = form.text("schedule").equals(OWN);
        BackfillRequest request = new BackfillRequest(
                job.fullName(),
                own ? null : form.text("schedule"),
                own ? timetable(form, problems) : null,
                form.text("from"),
                form.text("until"),
                terms(form, problems),
                ParameterRows.read(form, problems));
        problems.throwIfAny();
        return request;
    }

    /** Problems of a timetable's expression, whatever its kind, where it stands; those of parameters at their rows. */
    static Invalid atFields(Invalid invalid) {
        return ParameterRows.atRows(new Invalid(invalid.problems().stream()
                .map(problem -> problem.field().matches("timetable\\.(cron|rate|dates)")
                        ? problem.at("timetable.expression")
                        : problem)
                .toList()));
    }

    private static GivenTimetable timetable(Form form, Invalid.Problems problems) {
        Timetable timetable = new Timetable(
                choice(form, "timetable.kind", KINDS, problems),
                form.text("timetable.expression"),
                form.text("timetable.zone"),
                Choices.read(form, "timetable.gap", Gap.class, problems),
                Choices.read(form, "timetable.overlap", Overlap.class, problems));
        return new GivenTimetable(timetable, CalendarFields.read(TIMETABLE, form, problems));
    }

    private static BackfillTerms terms(Form form, Invalid.Problems problems) {
        BackfillTerms usual = BackfillTerms.STANDARD;
        Integer parallelism = Amounts.number("parallelism", form.text("parallelism"), problems);
        Order order = choice(form, "order", Arrays.asList(Order.values()), problems);
        OnFailure onFailure = choice(form, "onFailure", Arrays.asList(OnFailure.values()), problems);
        return new BackfillTerms(
                Objects.requireNonNullElse(parallelism, usual.parallelism()),
                order == Order.NEWEST_FIRST,
                onFailure == OnFailure.STOP,
                form.ticked("rerun"));
    }

    /** The first if nothing is chosen. */
    private static <E extends Enum<E>> E choice(Form form, String field, List<E> choices, Invalid.Problems problems) {
        String typed = form.text(field);
        return choices.stream()
                .filter(one -> one.name().equals(typed))
                .findFirst()
                .orElseGet(() -> {
                    problems.check(typed.isEmpty(), field, typed, "invalid.choice", choices);
                    return choices.get(0);
                });
    }
}

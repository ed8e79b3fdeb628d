package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.timetable.Timetable.Kind;
import io.yardmaster.trigger.ScheduleDraft;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A schedule as fields of a form, all of whose names begin with {@code schedule.}. */
public final class ScheduleForm {
    /** What a form's field {@code action} says to have a cron expression put together. */
    public static final String BUILD = CronBuild.ACTION;

    /** The fields beside which a page with this form tells problems. */
    public static final List<String> SHOWN = List.of(
            "schedule.name",
            "schedule.kind",
            "schedule.cron",
            "schedule.dialect",
            "schedule.rate",
            "schedule.rate.every",
            "schedule.rate.unit",
            "schedule.rate.from",
            "schedule.rate.times",
            "schedule.dates",
            "schedule.dates.every",
            "schedule.dates.unit",
            "schedule.dates.from",
            "schedule.dates.at",
            "schedule.delay",
            "schedule.at",
            "schedule.zone",
            CalendarFields.CALENDAR,
            CalendarFields.RULE,
            "schedule.gap",
            "schedule.overlap",
            "schedule.validFrom",
            "schedule.validUntil",
            "schedule.jitter",
            "schedule.catchUp.policy",
            "schedule.catchUp.count",
            "schedule.catchUp.age",
            "schedule.catchUp.spread",
            "parameters");

    private static final String PREFIX = "schedule.";
    private static final String NAME = "schedule.name";
    private static final String ENABLED = "schedule.enabled";
    private static final String WEEKDAY = "schedule.dates.weekday";
    /** What a job's first schedule is called unless its author says otherwise. */
    private static final String FIRST = "main";

    private ScheduleForm() {}

    /** To begin with; the page offers its viewer's own zone. */
    public static Form blank(Form form) {
        return TermsFields.fill(form, Terms.STANDARD)
                .with(NAME, FIRST)
                .with(TimetableFields.KIND, Kind.CRON.name())
                .with(ENABLED, true);
    }

    /** {@code form}, in which what has no beginning yet begins with {@code day}. */
    public static Form beginning(Form form, LocalDate day) {
        return form.on(Form.empty().with(RateFields.FROM, day + "T00:00").with(DateFields.FROM, day.toString()));
    }

    /** {@code form} has the job's namespace already. */
    public static Form fill(Form form, ScheduleEntry entry) {
        Form named = CalendarFields.fill(form.with(NAME, entry.name()), entry.calendar(), form.text("namespace"));
        Form filled = TimetableFields.fill(named, entry.timetable());
        return TermsFields.fill(filled, entry.terms()).with(ENABLED, !Boolean.FALSE.equals(entry.enabled()));
    }

    /** All but the calendar. */
    static Form fill(Form form, ScheduleDraft draft) {
        Form filled = TimetableFields.fill(form.with(NAME, draft.name()), draft.timetable());
        return ParameterRows.fill(TermsFields.fill(filled, draft.terms()), draft.parameters())
                .with(ENABLED, draft.enabled());
    }

    /** {@code sent} with the fields that it lacks as {@code stored} has them; a box that is not ticked is off. */
    static Form whole(Form sent, Form stored) {
        Form base = stored.with(ENABLED, false);
        boolean datesSent = !sent.values("schedule.dates.every").isEmpty();
        return sent.on(datesSent ? base.with(WEEKDAY, List.of()) : base);
    }

    /** {@code form} with the cron expression that its choices mean. */
    public static Form built(Form form) {
        return CronBuild.into(form);
    }

    /** Whether the form names no schedule at all. */
    public static boolean isBlank(Form form) {
        return TimetableFields.isBlank(form);
    }

    /** As a job's document lists it; it has no parameters of its own. */
    public static ScheduleEntry entry(Form form, Invalid.Problems problems) {
        return new ScheduleEntry(
                name(form),
                timetable(form, problems),
                CalendarFields.read(CalendarFields.SCHEDULE, form, problems),
                Map.of(),
                form.ticked(ENABLED),
                terms(form, problems));
    }

    /** What the form asks for but for the calendar, as far as it can be read; what cannot is added to {@code problems}. */
    static ScheduleDraft draft(Form form, Invalid.Problems problems) {
        return new ScheduleDraft(
                name(form),
                timetable(form, problems),
                ParameterRows.read(form, problems),
                form.ticked(ENABLED),
                terms(form, problems));
    }

    /** When the form says, right or wrong. */
    static Timetable timetable(Form form, Invalid.Problems problems) {
        return TimetableFields.read(form, problems);
    }

    static Terms terms(Form form, Invalid.Problems problems) {
        return TermsFields.read(form, problems);
    }

    /** Problems of a schedule alone, told at this form's fields. */
    static Invalid atFields(Invalid invalid) {
        List<Invalid.Problem> problems = invalid.problems().stream()
                .map(problem ->
                        problem.field().startsWith(PREFIX) || problem.field().startsWith("parameter")
                                ? problem
                                : problem.at(PREFIX + problem.field()))
                .toList();
        return ParameterRows.atRows(new Invalid(problems));
    }

    private static String name(Form form) {
        return form.text(NAME).isEmpty() ? FIRST : form.text(NAME);
    }
}

package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.ScheduleDraft;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A schedule as fields of a form, all of whose names begin with {@code schedule.}. */
public final class ScheduleForm {
    private static final String NAME = "schedule.name";
    private static final String CRON = "schedule.cron";
    private static final String ZONE = "schedule.zone";
    private static final String GAP = "schedule.gap";
    private static final String OVERLAP = "schedule.overlap";
    private static final String ENABLED = "schedule.enabled";
    /** What a job's first schedule is called unless its author says otherwise. */
    private static final String FIRST = "main";

    private static final String STANDARD_ZONE = "UTC";

    private ScheduleForm() {}

    /** To begin with; the page offers its viewer's own zone. */
    public static Form blank(Form form) {
        return form.with(NAME, FIRST).with(ENABLED, true);
    }

    public static Form fill(Form form, ScheduleEntry entry) {
        return fill(form.with(NAME, entry.name()), entry.timetable())
                .with(ENABLED, !Boolean.FALSE.equals(entry.enabled()));
    }

    public static Form fill(Form form, ScheduleDraft draft) {
        Form filled = fill(form.with(NAME, draft.name()), draft.timetable()).with(ENABLED, draft.enabled());
        return ParameterRows.fill(filled, draft.parameters());
    }

    private static Form fill(Form form, Timetable timetable) {
        return form.with(CRON, timetable.expression())
                .with(ZONE, timetable.zone())
                .with(GAP, timetable.gap() == null ? null : timetable.gap().name())
                .with(
                        OVERLAP,
                        timetable.overlap() == null ? null : timetable.overlap().name());
    }

    /** Whether the form names no schedule at all. */
    public static boolean isBlank(Form form) {
        return form.text(CRON).isEmpty();
    }

    /** As a job's document lists it; it has no parameters of its own. */
    public static ScheduleEntry entry(Form form, Invalid.Problems problems) {
        return new ScheduleEntry(name(form), timetable(form, problems), Map.of(), form.ticked(ENABLED));
    }

    /** What the form asks for, as far as it can be read; what cannot is added to {@code problems}. */
    public static ScheduleDraft draft(Form form, Invalid.Problems problems) {
        return new ScheduleDraft(
                name(form), timetable(form, problems), ParameterRows.read(form, problems), form.ticked(ENABLED));
    }

    /** When the form says, right or wrong. */
    public static Timetable timetable(Form form, Invalid.Problems problems) {
        return new Timetable(
                Timetable.Kind.CRON,
                form.text(CRON),
                zone(form),
                choice(form, GAP, Gap.class, problems),
                choice(form, OVERLAP, Overlap.class, problems));
    }

    /** Problems of a schedule alone, told at this form's fields. */
    public static Invalid atFields(Invalid invalid) {
        Set<String> ours = Set.of("name", "cron", "zone", "gap", "overlap");
        List<Invalid.Problem> problems = invalid.problems().stream()
                .map(problem -> ours.contains(problem.field()) ? problem.at("schedule." + problem.field()) : problem)
                .toList();
        return ParameterRows.atRows(new Invalid(problems));
    }

    private static String name(Form form) {
        return form.text(NAME).isEmpty() ? FIRST : form.text(NAME);
    }

    private static String zone(Form form) {
        return form.text(ZONE).isEmpty() ? STANDARD_ZONE : form.text(ZONE);
    }

    private static <E extends Enum<E>> E choice(Form form, String field, Class<E> type, Invalid.Problems problems) {
        String typed = form.text(field);
        if (typed.isEmpty()) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(typed))
                .findFirst()
                .orElseGet(() -> {
                    String allowed = Arrays.stream(type.getEnumConstants())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "));
                    problems.add(field, typed, "invalid.choice.optional", allowed);
                    return null;
                });
    }
}

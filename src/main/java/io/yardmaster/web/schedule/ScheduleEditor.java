package io.yardmaster.web.schedule;

import io.yardmaster.calendar.CalendarChoice;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.security.Caller;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.ScheduleDraft;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.definition.CalendarName;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** The page on which a schedule is written. */
final class ScheduleEditor {
    private static final String VERSION = "version";
    private static final Set<String> LOOKS = Set.of("rows", "preview", ScheduleForm.BUILD);
    private static final int CONFLICT = 409;

    private final Schedules schedules;
    private final Previews previews = new Previews();

    ScheduleEditor(Schedules schedules) {
        this.schedules = schedules;
    }

    /** Whether the form is to be stored, and not only to be shown again. */
    boolean isSaved(Form form) {
        return !LOOKS.contains(form.value("action"));
    }

    Page blank(Transaction transaction, Job job, LocalDate today) {
        Form blank = ScheduleForm.beginning(ScheduleForm.blank(Form.empty()), today);
        boolean first = schedules.ofJob(transaction, job.id()).isEmpty();
        return page(transaction, job, null, first ? blank : blank.with("schedule.name", ""));
    }

    Page begun(Transaction transaction, Job job, Schedule schedule, LocalDate today) {
        Form form = ScheduleForm.beginning(stored(transaction, schedule), today);
        return page(transaction, job, schedule, from(form, schedule));
    }

    /** {@code sent} with the fields that it lacks as the schedule has them. */
    Form whole(Transaction transaction, Schedule schedule, Form sent) {
        return ScheduleForm.whole(sent, stored(transaction, schedule));
    }

    private static Form stored(Transaction transaction, Schedule schedule) {
        return CalendarFields.fill(
                ScheduleForm.fill(Form.empty(), schedule.draft()),
                CalendarName.of(transaction, "", schedule.timetable()),
                "");
    }

    private static ScheduleDraft draft(Transaction transaction, Job job, Form form, Invalid.Problems problems) {
        CalendarName calendar = CalendarFields.read(CalendarFields.SCHEDULE, form, problems);
        ScheduleDraft draft = ScheduleForm.draft(form, problems);
        return calendar == null
                ? draft
                : draft.by(calendar.followed(transaction, job.namespace(), "schedule.", problems));
    }

    /** @param schedule null for a new one */
    Page page(Transaction transaction, Job job, Schedule schedule, Form sent) {
        Form form = sent.value("action").equals(ScheduleForm.BUILD) ? ScheduleForm.built(sent) : sent;
        List<CalendarChoice> choices = CalendarChoice.all(transaction, Set.of(job.namespace()));
        return Page.of("schedule/form")
                .with("job", job)
                .with("schedule", schedule == null ? null : ListedSchedule.of(transaction, schedule))
                .with("form", form)
                .with("shown", ScheduleForm.SHOWN)
                .with("rows", ParameterRows.of(form))
                .with("zones", ZoneChoice.all())
                .with("calendars", CalendarFields.names(CalendarFields.SCHEDULE, choices, form))
                .with("preview", previews.of(transaction, job.namespace(), form))
                .with("theirs", null);
    }

    /** @throws Invalid naming every field that is wrong */
    View create(Transaction transaction, Job job, Form form, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        ScheduleDraft draft = draft(transaction, job, form, problems);
        try {
            schedules.create(transaction, job.id(), draft, caller.actor());
        } catch (Invalid refused) {
            problems.addAll(refused);
        }
        problems.throwIfAny();
        return SchedulePages.to(job).saying("schedule.created", draft.name());
    }

    /** @throws Invalid naming every field that is wrong */
    View change(Transaction transaction, Job job, Schedule schedule, Form form, Caller caller) {
        if (!form.value(VERSION).equals(Integer.toString(schedule.version()))) {
            return page(transaction, job, schedule, from(form, schedule))
                    .with("theirs", ListedSchedule.of(transaction, schedule))
                    .status(CONFLICT);
        }
        Invalid.Problems problems = new Invalid.Problems();
        ScheduleDraft draft = draft(transaction, job, form, problems);
        try {
            schedules.update(transaction, schedule.id(), schedule.version(), draft, caller.actor());
        } catch (Invalid refused) {
            problems.addAll(refused);
        }
        problems.throwIfAny();
        return SchedulePages.to(job).saying("schedule.saved", draft.name());
    }

    private static Form from(Form form, Schedule schedule) {
        return form.with(VERSION, Integer.toString(schedule.version()));
    }
}

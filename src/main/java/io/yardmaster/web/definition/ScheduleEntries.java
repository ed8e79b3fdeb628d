package io.yardmaster.web.definition;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.ScheduleDraft;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The schedules of a job as its document lists them. */
final class ScheduleEntries {
    private final Schedules schedules;

    ScheduleEntries(Schedules schedules) {
        this.schedules = schedules;
    }

    /** All that are not archived, by name. */
    List<ScheduleEntry> of(Transaction transaction, Job job) {
        return schedules.ofJob(transaction, job.id()).stream()
                .map(schedule -> new ScheduleEntry(
                        schedule.name(),
                        schedule.timetable().with(null),
                        CalendarName.of(transaction, job.namespace(), schedule.timetable()),
                        schedule.parameters(),
                        schedule.enabled(),
                        schedule.terms()))
                .toList();
    }

    /**
     * Creates, changes and archives until the job has {@code wanted} and no others; what is as wanted is not touched.
     *
     * @return whether anything changed
     */
    boolean become(Transaction transaction, Job job, List<ScheduleEntry> wanted, Actor by) {
        Map<String, Schedule> there = new HashMap<>();
        schedules.ofJob(transaction, job.id()).forEach(schedule -> there.put(schedule.name(), schedule));
        boolean changed = false;
        for (ScheduleEntry entry : wanted) {
            changed |= apply(transaction, job, entry, there.remove(entry.name()), by);
        }
        for (Schedule surplus : there.values()) {
            schedules.archive(transaction, surplus.id(), surplus.version(), by);
            changed = true;
        }
        return changed;
    }

    private static Timetable when(Transaction transaction, Job job, ScheduleEntry entry) {
        Invalid.Problems problems = new Invalid.Problems();
        Timetable when = entry.when(transaction, job.namespace(), "", problems);
        problems.throwIfAny();
        return when;
    }

    private boolean apply(Transaction transaction, Job job, ScheduleEntry entry, Schedule there, Actor by) {
        boolean enabled = entry.enabled() == null ? there == null || there.enabled() : entry.enabled();
        ScheduleDraft draft = new ScheduleDraft(
                entry.name(), when(transaction, job, entry), entry.parameters(), enabled, entry.terms());
        if (there == null) {
            schedules.create(transaction, job.id(), draft, by);
            return true;
        }
        if (draft.equals(there.draft())) {
            return false;
        }
        schedules.update(transaction, there.id(), there.version(), draft, by);
        return true;
    }
}

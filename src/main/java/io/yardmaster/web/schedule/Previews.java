package io.yardmaster.web.schedule;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.SchedulePreview;
import io.yardmaster.web.definition.Document.ScheduleEntry;
import io.yardmaster.web.form.Form;

/** Previews of what somebody is typing. */
public final class Previews {
    private final SchedulePreview known = new SchedulePreview();

    /**
     * What {@code form} would do from now on; null if it names no schedule yet.
     *
     * @param home the namespace whose calendars it may follow
     */
    public Preview of(Transaction transaction, String home, Form form) {
        if (ScheduleForm.isBlank(form)) {
            return null;
        }
        Invalid.Problems problems = new Invalid.Problems();
        ScheduleEntry entry = ScheduleForm.entry(form, problems);
        Timetable timetable = entry.when(transaction, home, "schedule.", problems);
        When when = When.of(entry.timetable(), entry.calendar());
        if (!problems.none()) {
            return Preview.refused(
                    when, problems.all().stream().map(Invalid.Problem::said).toList());
        }
        try {
            return Preview.of(when, known.occurrences(transaction, timetable), entry.terms(), transaction.now());
        } catch (BadTimetable unreadable) {
            return Preview.unreadable(when, timetable.faults());
        }
    }
}

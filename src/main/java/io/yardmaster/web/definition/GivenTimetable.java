package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;

/**
 * A timetable as a document or form says it, its calendar by name.
 *
 * @param timetable when, whatever the calendar; not yet known to be readable
 * @param calendar by which it goes; null for none
 */
public record GivenTimetable(Timetable timetable, CalendarName calendar) {
    /**
     * The timetable by its calendar; a calendar that is not there is added to {@code problems}.
     *
     * @param home namespace of the job
     * @param prefix what stands before the names of fields
     */
    public Timetable when(Transaction transaction, String home, String prefix, Invalid.Problems problems) {
        return calendar == null ? timetable : timetable.with(calendar.followed(transaction, home, prefix, problems));
    }
}

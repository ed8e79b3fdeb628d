package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.Optional;

/**
 * What a calendar made of an instant that fired.
 *
 * @param calendar its name, as {@code namespace/name}
 * @param due when it had the instant fire
 */
public record CalendarShift(String calendar, Instant due) {
    /** Primary keys. Of the schedule's timetables, the one that it followed when the instant fired. */
    private static final String OF_RUN = """
            SELECT c.namespace || '/' || c.name AS calendar, f.due_at
            FROM schedule_stretch x JOIN timetable t ON t.id = x.timetable_id
            JOIN business_calendar c ON c.id = t.calendar_id
            JOIN fire f ON f.timetable_id = t.id AND f.nominal_at = :nominal
            WHERE x.schedule_id = :schedule AND f.due_at > x.from_at AND f.due_at <= coalesce(x.through_at, 'infinity')
            LIMIT 1
            """;

    /** Empty if the instant fired where the expression has it. */
    public static Optional<CalendarShift> of(Transaction transaction, long schedule, Instant nominal) {
        return transaction
                .sql()
                .createQuery(OF_RUN)
                .bind("schedule", schedule)
                .bind("nominal", nominal)
                .map((row, context) -> new CalendarShift(row.getString("calendar"), Timetables.instant(row, "due_at")))
                .findOne();
    }
}

package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Instants that were to come, and that a change of their calendar would have in the past. They do not fire; each schedule
 * has one line of the ledger about them, at the moment of the change.
 *
 * @param moved the timetables that a calendar moves
 * @param content what the calendar said before
 */
record Overtaken(long calendar, List<Moved> moved, BusinessCalendar content) {
    /** Instants looked at for each timetable: one that names its times has fewer. */
    private static final int MOST = 5_000;

    /** Index {@code timetable_by_calendar}. */
    private static final String MOVED = """
            SELECT t.id, %s FROM timetable t JOIN business_calendar c ON c.id = t.calendar_id
            WHERE t.calendar_id = :calendar AND t.calendar_rule <> 'SKIP' ORDER BY t.id
            """.formatted(DatedTimetable.COLUMNS);

    /** Index {@code schedule_to_fire}. */
    private static final String RECORD = """
            INSERT INTO fire_range (schedule_id, from_at, through_at, instants, reason, detail)
            SELECT s.id, :now, :now, count(*), 'OVERTAKEN', :calendar
            FROM schedule s JOIN job j ON j.id = s.job_id JOIN unnest(:dues) AS d (due_at)
                ON (s.valid_from IS NULL OR d.due_at >= s.valid_from) AND (s.valid_until IS NULL OR d.due_at <= s.valid_until)
            WHERE s.timetable_id = :timetable AND s.disabled_at IS NULL AND s.archived_at IS NULL
                AND j.disabled_at IS NULL AND j.archived_at IS NULL
            GROUP BY s.id
            """;

    record Moved(long timetable, DatedTimetable when) {
        /** Without what has had its runs. What cannot be read, such as a zone that this Java does not know, does not fire. */
        Stream<Occurrence> coming(Transaction transaction, BusinessCalendar content, Instant after, Instant through) {
            try {
                Occurrences all = when.timetable().occurrences(content);
                return NotYetFired.of(transaction, timetable, after, all).between(after, through, MOST).stream()
                        .filter(fire -> !fire.skipped());
            } catch (BadTimetable unreadable) {
                return Stream.empty();
            }
        }
    }

    /** Before the change. */
    static Overtaken before(Transaction transaction, long calendar) {
        List<Moved> moved = moved(transaction, calendar);
        return new Overtaken(calendar, moved, content(transaction, moved));
    }

    /** After the change, everything up to {@code now} having been settled before. */
    void record(Transaction transaction, Instant now) {
        BusinessCalendar after = content(transaction, moved(transaction, calendar));
        for (Moved one : moved) {
            List<Instant> dues = dues(transaction, one, after, now);
            if (!dues.isEmpty()) {
                record(transaction, one, dues, now);
            }
        }
    }

    /** When they would have been due. */
    private List<Instant> dues(Transaction transaction, Moved one, BusinessCalendar after, Instant now) {
        Set<Instant> past = one.coming(transaction, after, now.minus(NotYetFired.FURTHEST), now)
                .map(Occurrence::nominal)
                .collect(Collectors.toSet());
        return past.isEmpty()
                ? List.of()
                : one.coming(transaction, content, now, now.plus(NotYetFired.FURTHEST))
                        .filter(fire -> past.contains(fire.nominal()))
                        .map(Occurrence::at)
                        .toList();
    }

    private static void record(Transaction transaction, Moved one, List<Instant> dues, Instant now) {
        transaction
                .sql()
                .createUpdate(RECORD)
                .bind("timetable", one.timetable)
                .bind("calendar", one.when.calendarName())
                .bind("now", now)
                .bindArray("dues", Instant.class, dues)
                .execute();
    }

    private static List<Moved> moved(Transaction transaction, long calendar) {
        return transaction
                .sql()
                .createQuery(MOVED)
                .bind("calendar", calendar)
                .map((row, context) -> new Moved(row.getLong("id"), DatedTimetable.of(row)))
                .list();
    }

    /** They all go by the same. */
    private static BusinessCalendar content(Transaction transaction, List<Moved> moved) {
        return moved.isEmpty() ? null : moved.get(0).when.content(transaction);
    }
}

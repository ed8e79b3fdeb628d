package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Instants that were to come, and that a change of their calendar would have in the past. They do not fire; each schedule
 * has one line of the ledger about them, at the moment of the change.
 *
 * @param coming by timetable that a calendar moves: what was still to come before the change, by nominal instant
 */
record Overtaken(Map<Long, Map<Instant, Occurrence>> coming) {
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

    private record Moved(long timetable, DatedTimetable when) {
        /** What cannot be read, such as a zone that this Java does not know, does not fire. */
        Occurrences by(BusinessCalendar content) {
            try {
                return when.timetable().occurrences(content);
            } catch (BadTimetable unreadable) {
                return after -> List.of();
            }
        }
    }

    /** Before the change, everything up to {@code now} being settled. */
    static Overtaken before(Transaction transaction, long calendar, Instant now) {
        Map<Long, Map<Instant, Occurrence>> coming = new HashMap<>();
        List<Moved> moved = moved(transaction, calendar);
        BusinessCalendar content = content(transaction, moved);
        for (Moved one : moved) {
            Occurrences all = NotYetFired.of(transaction, one.timetable, now, one.by(content));
            Map<Instant, Occurrence> byNominal = new HashMap<>();
            all.between(now, now.plus(NotYetFired.FURTHEST), MOST).stream()
                    .filter(fire -> !fire.skipped())
                    .forEach(fire -> byNominal.put(fire.nominal(), fire));
            coming.put(one.timetable, byNominal);
        }
        return new Overtaken(coming);
    }

    /** After the change. */
    void record(Transaction transaction, long calendar, Instant now) {
        List<Moved> moved = moved(transaction, calendar);
        BusinessCalendar content = content(transaction, moved);
        for (Moved one : moved) {
            Map<Instant, Occurrence> before = coming.getOrDefault(one.timetable, Map.of());
            List<Instant> dues = new ArrayList<>();
            for (Occurrence fire : one.by(content).between(now.minus(NotYetFired.FURTHEST), now, MOST)) {
                if (!fire.skipped() && before.containsKey(fire.nominal())) {
                    dues.add(before.get(fire.nominal()).at());
                }
            }
            if (!dues.isEmpty()) {
                record(transaction, one, dues, now);
            }
        }
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

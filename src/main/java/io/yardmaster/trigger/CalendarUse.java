package io.yardmaster.trigger;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Which timetables and schedules go by which calendar. */
final class CalendarUse {
    /** Nobody changes the calendar before the transaction ends. */
    private static final String HOLD = """
            SELECT namespace || '/' || name AS name, version FROM business_calendar
            WHERE id = :calendar AND archived_at IS NULL
                AND (shared OR namespace = (SELECT namespace FROM job WHERE id = :job))
            FOR KEY SHARE
            """;

    private static final String CURRENT = """
            SELECT namespace || '/' || name AS name, version FROM business_calendar WHERE id = :calendar
            """;

    /** Index {@code timetable_by_calendar}. */
    private static final String TIMETABLES = "SELECT id FROM timetable WHERE calendar_id = :calendar ORDER BY id";

    private static final String USERS = """
            SELECT j.namespace || '/' || j.name || ' (' || s.name || ')'
            FROM timetable t JOIN schedule s ON s.timetable_id = t.id JOIN job j ON j.id = s.job_id
            WHERE t.calendar_id = :calendar AND s.archived_at IS NULL
                AND (NOT :elsewhere OR j.namespace <> (SELECT namespace FROM business_calendar WHERE id = :calendar))
            ORDER BY j.namespace, j.name, s.name LIMIT :limit
            """;

    private static final String PAUSED = """
            SELECT s.id, s.valid_from, s.valid_until, %s
            FROM timetable t JOIN schedule s ON s.timetable_id = t.id JOIN business_calendar c ON c.id = t.calendar_id
            JOIN job j ON j.id = s.job_id
            WHERE t.calendar_id = :calendar AND s.paused_from IS NOT NULL AND s.disabled_at IS NULL AND s.archived_at IS NULL
                AND j.disabled_at IS NULL AND j.archived_at IS NULL
            """.formatted(DatedTimetable.COLUMNS);

    private CalendarUse() {}

    /**
     * {@code timetable} by its calendar as that is until the transaction ends.
     *
     * @param job whose namespace must be the calendar's, unless that is shared
     * @throws Invalid if there is no such calendar
     */
    static DatedTimetable hold(Transaction transaction, Timetable timetable, long job) {
        if (timetable.calendar() == null) {
            return DatedTimetable.plain(timetable);
        }
        long calendar = timetable.calendar().id();
        return transaction
                .sql()
                .createQuery(HOLD)
                .bind("calendar", calendar)
                .bind("job", job)
                .map((row, context) -> new HeldCalendar(row.getString("name"), row.getInt("version")))
                .findOne()
                .map(held -> new DatedTimetable(timetable, held))
                .orElseThrow(() -> new Invalid("calendar", calendar, "invalid.calendar.none"));
    }

    /** {@code timetable} by its calendar as it is now. */
    static DatedTimetable current(Transaction transaction, Timetable timetable) {
        if (timetable.calendar() == null) {
            return DatedTimetable.plain(timetable);
        }
        HeldCalendar held = transaction
                .sql()
                .createQuery(CURRENT)
                .bind("calendar", timetable.calendar().id())
                .map((row, context) -> new HeldCalendar(row.getString("name"), row.getInt("version")))
                .one();
        return new DatedTimetable(timetable, held);
    }

    static List<Long> timetables(Transaction transaction, long calendar) {
        return transaction
                .sql()
                .createQuery(TIMETABLES)
                .bind("calendar", calendar)
                .mapTo(Long.class)
                .list();
    }

    /**
     * As {@code namespace/job (schedule)}, without the archived ones.
     *
     * @param elsewhere whether only those of other namespaces than the calendar's
     */
    static List<String> users(Transaction transaction, long calendar, boolean elsewhere, int limit) {
        return transaction
                .sql()
                .createQuery(USERS)
                .bind("calendar", calendar)
                .bind("elsewhere", elsewhere)
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Before a change of the calendar: as {@link PausedInstants#letGo}, for all paused schedules that go by it and can be read. */
    static void letGo(Transaction transaction, long calendar, KnownTimetables known, Instant now) {
        List<PausedInstants.Old> paused = transaction
                .sql()
                .createQuery(PAUSED)
                .bind("calendar", calendar)
                .map((row, context) -> new PausedInstants.Old(row.getLong("id"), DatedTimetable.of(row), terms(row)))
                .list();
        paused.stream()
                .filter(one -> known.canRead(transaction, one.when()))
                .forEach(one -> PausedInstants.letGo(transaction, one, known, now));
    }

    private static Terms terms(ResultSet row) throws SQLException {
        return new Terms(Timetables.instant(row, "valid_from"), Timetables.instant(row, "valid_until"), null, null);
    }
}

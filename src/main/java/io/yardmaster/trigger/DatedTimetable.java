package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarVersions;
import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A timetable with its calendar as it held at some time, so that it always means the same instants.
 *
 * @param calendar null if the timetable goes by none
 */
record DatedTimetable(Timetable timetable, HeldCalendar calendar) {
    /** What {@link #of} reads, from {@code t} and {@code c}, with the calendar as it is now. */
    static final String COLUMNS = """
            t.kind, t.expression, t.zone, t.gap, t.overlap, t.calendar_id, t.calendar_rule,
                   c.namespace || '/' || c.name AS calendar_name, c.version AS calendar_version""";

    /** Of a timetable that goes by no calendar. */
    static DatedTimetable plain(Timetable timetable) {
        return new DatedTimetable(timetable, null);
    }

    static DatedTimetable of(ResultSet row) throws SQLException {
        Timetable timetable = Timetables.timetable(row);
        return timetable.calendar() == null
                ? plain(timetable)
                : new DatedTimetable(
                        timetable, new HeldCalendar(row.getString("calendar_name"), row.getInt("calendar_version")));
    }

    /** The calendar's name for the ledger; null if there is none. */
    String calendarName() {
        return calendar == null ? null : calendar.name();
    }

    /** What the calendar says; null if there is none. */
    BusinessCalendar content(Transaction transaction) {
        return calendar == null
                ? null
                : CalendarVersions.content(transaction, timetable.calendar().id(), calendar.version());
    }
}

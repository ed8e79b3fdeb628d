package io.yardmaster.calendar;

import io.yardmaster.database.Transaction;

/** What calendars said in each of their versions. */
public final class CalendarVersions {
    /** Primary key. */
    private static final String CONTENT = """
            SELECT content FROM calendar_version WHERE calendar_id = :calendar AND version = :version
            """;

    private CalendarVersions() {}

    /** What the calendar said in that version; never changes, so it may be kept. */
    public static BusinessCalendar content(Transaction transaction, long calendar, int version) {
        return transaction
                .sql()
                .createQuery(CONTENT)
                .bind("calendar", calendar)
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .map(CalendarJson::read)
                .orElseThrow(() -> new IllegalStateException("calendar " + calendar + " has no version " + version));
    }
}

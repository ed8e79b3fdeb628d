package io.yardmaster.calendar;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What calendars said in each of their versions. */
public final class CalendarVersions {
    /** Primary key. */
    private static final String CONTENT = """
            SELECT content FROM calendar_version WHERE calendar_id = :calendar AND version = :version
            """;

    /** Primary key. */
    private static final String NEWEST = """
            SELECT version, made_at, made_by FROM calendar_version WHERE calendar_id = :calendar
            ORDER BY version DESC LIMIT :limit
            """;

    private CalendarVersions() {}

    /**
     * Who made a version, and when.
     *
     * @param madeBy as the audit names them
     */
    public record Version(int version, Instant madeAt, String madeBy) {}

    /** The newest first. */
    public static List<Version> newest(Transaction transaction, long calendar, int limit) {
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(Version.class))
                .createQuery(NEWEST)
                .bind("calendar", calendar)
                .bind("limit", limit)
                .mapTo(Version.class)
                .list();
    }

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

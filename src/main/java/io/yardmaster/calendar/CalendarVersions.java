package io.yardmaster.calendar;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final int KEPT = 100;

    /** By their text: the timetables that go by a calendar share what it says. */
    private static final Map<String, BusinessCalendar> READ = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BusinessCalendar> eldest) {
            return size() > KEPT;
        }
    };

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

    /** What the calendar said in that version; once the version is committed it never changes. */
    public static BusinessCalendar content(Transaction transaction, long calendar, int version) {
        return transaction
                .sql()
                .createQuery(CONTENT)
                .bind("calendar", calendar)
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .map(CalendarVersions::read)
                .orElseThrow(() -> new IllegalStateException("calendar " + calendar + " has no version " + version));
    }

    private static BusinessCalendar read(String content) {
        synchronized (READ) {
            return READ.computeIfAbsent(content, CalendarJson::read);
        }
    }
}

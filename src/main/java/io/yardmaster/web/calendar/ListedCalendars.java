package io.yardmaster.web.calendar;

import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads calendars without their days. */
public final class ListedCalendars {
    /** Schedules by {@code timetable_by_calendar} and {@code schedule_by_timetable}. */
    private static final String SELECT = """
            SELECT c.namespace, c.name, c.description, c.shared, CAST(v.content ->> 'knownThrough' AS date) AS known_through,
                   (SELECT count(*) FROM jsonb_object_keys(v.content -> 'holidays'))
                   + (SELECT count(*) FROM jsonb_object_keys(v.content -> 'workdays')) AS days,
                   (SELECT count(*) FROM timetable t JOIN schedule s ON s.timetable_id = t.id JOIN job j ON j.id = s.job_id
                    WHERE t.calendar_id = c.id AND s.archived_at IS NULL AND s.disabled_at IS NULL
                      AND j.archived_at IS NULL AND j.disabled_at IS NULL) AS schedules
            FROM business_calendar c JOIN calendar_version v ON v.calendar_id = c.id AND v.version = c.version
            WHERE c.archived_at IS NULL AND (c.shared OR :everywhere OR c.namespace = ANY (:namespaces))
            """;

    /** Index {@code business_calendar_by_name}: there are few. */
    private static final String PAGE = SELECT + """
              AND position(lower(:text) IN lower(c.namespace || '/' || c.name || ' ' || c.description)) > 0
              AND (:after = '' OR (c.namespace, c.name) > (split_part(:after, '/', 1), split_part(:after, '/', 2)))
            ORDER BY c.namespace, c.name LIMIT :limit
            """;

    private static final String EXPIRING = """
            SELECT * FROM (%s) AS listed WHERE schedules > 0 AND known_through <= :until
            ORDER BY known_through, namespace, name LIMIT :limit
            """.formatted(SELECT);

    private ListedCalendars() {}

    /** @param seen namespaces of the viewer; shared calendars of others are listed too */
    static List<ListedCalendar> page(Transaction transaction, Set<String> seen, CalendarFilter filter, int limit) {
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(ListedCalendar.class))
                .createQuery(PAGE)
                .bind("everywhere", seen.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(seen))
                .bind("text", filter.text())
                .bind("after", filter.after())
                .bind("limit", limit)
                .mapTo(ListedCalendar.class)
                .list();
    }

    /** Those that schedules follow and whose holidays run out soon, the most urgent first. */
    public static List<ListedCalendar> expiring(Transaction transaction, Set<String> seen, LocalDate today, int limit) {
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(ListedCalendar.class))
                .createQuery(EXPIRING)
                .bind("everywhere", seen.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(seen))
                .bind("until", today.plusDays(NamedCalendar.WARNING_DAYS))
                .bind("limit", limit)
                .mapTo(ListedCalendar.class)
                .list();
    }
}

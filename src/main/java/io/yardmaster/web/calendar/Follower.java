package io.yardmaster.web.calendar;

import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * A schedule that follows a calendar.
 *
 * @param rule what becomes of its instants on days that do not work
 * @param enabled whether it and its job are switched on
 */
public record Follower(String namespace, String job, String name, String rule, boolean enabled) {
    private static final String FROM = """
            FROM timetable t JOIN schedule s ON s.timetable_id = t.id JOIN job j ON j.id = s.job_id
            WHERE t.calendar_id = :calendar AND s.archived_at IS NULL
            """;

    /** Index {@code timetable_by_calendar}. */
    private static final String SEEN = """
            SELECT j.namespace, j.name AS job, s.name, t.calendar_rule AS rule,
                   s.disabled_at IS NULL AND j.disabled_at IS NULL AS enabled
            """ + FROM + """
              AND (:everywhere OR j.namespace = ANY (:namespaces)) ORDER BY j.namespace, j.name, s.name LIMIT :limit
            """;

    private static final String NUMBER = "SELECT count(*) " + FROM;

    private static final String ELSEWHERE =
            NUMBER + "AND j.namespace <> (SELECT namespace FROM business_calendar WHERE id = :calendar)";

    /** Those in {@code seen}, by name. */
    static List<Follower> list(Transaction transaction, long calendar, Set<String> seen, int limit) {
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(Follower.class))
                .createQuery(SEEN)
                .bind("calendar", calendar)
                .bind("everywhere", seen.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(seen))
                .bind("limit", limit)
                .mapTo(Follower.class)
                .list();
    }

    /** How many there are in all namespaces. */
    static long number(Transaction transaction, long calendar) {
        return number(transaction, NUMBER, calendar);
    }

    /** How many there are in other namespaces than the calendar's. */
    static long elsewhere(Transaction transaction, long calendar) {
        return number(transaction, ELSEWHERE, calendar);
    }

    private static long number(Transaction transaction, String query, long calendar) {
        return transaction
                .sql()
                .createQuery(query)
                .bind("calendar", calendar)
                .mapTo(Long.class)
                .one();
    }
}

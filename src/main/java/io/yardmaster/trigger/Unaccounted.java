package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What {@link LedgerCheck} has found.
 *
 * @param from first instant
 * @param through last instant
 * @param foundAt when it was first seen
 */
public record Unaccounted(
        long schedule,
        String namespace,
        String job,
        String name,
        long instants,
        Instant from,
        Instant through,
        Instant foundAt) {
    private static final int MOST_SHOWN = 50;

    private static final String SUM = "SELECT coalesce(sum(instants), 0) FROM unaccounted";

    private static final String CHECKED = "SELECT ended_at FROM ledger_check WHERE ended_at > '-infinity'";

    private static final String ALL = """
            SELECT u.*, j.namespace, j.name AS job, s.name
            FROM unaccounted u JOIN schedule s ON s.id = u.schedule_id JOIN job j ON j.id = s.job_id
            WHERE :everywhere OR j.namespace = ANY (:namespaces)
            ORDER BY u.instants DESC, u.schedule_id LIMIT :limit
            """;

    /** Instants of the last hour, of all schedules. */
    public static long sum(Transaction transaction) {
        return transaction.sql().createQuery(SUM).mapTo(Long.class).one();
    }

    /** When the last whole check ended; null if none did or one is under way. */
    public static Instant checkedAt(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(CHECKED)
                .mapTo(Instant.class)
                .findOne()
                .orElse(null);
    }

    /**
     * The worst first, at most 50.
     *
     * @param namespaces of the jobs; null for all
     */
    public static List<Unaccounted> list(Transaction transaction, Set<String> namespaces) {
        return transaction
                .sql()
                .createQuery(ALL)
                .bind("everywhere", namespaces == null)
                .bindArray("namespaces", String.class, namespaces == null ? List.of() : List.copyOf(namespaces))
                .bind("limit", MOST_SHOWN)
                .map((row, context) -> of(row))
                .list();
    }

    private static Unaccounted of(ResultSet row) throws SQLException {
        return new Unaccounted(
                row.getLong("schedule_id"),
                row.getString("namespace"),
                row.getString("job"),
                row.getString("name"),
                row.getLong("instants"),
                Timetables.instant(row, "from_at"),
                Timetables.instant(row, "through_at"),
                Timetables.instant(row, "found_at"));
    }
}

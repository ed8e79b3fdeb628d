package io.yardmaster.trigger;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A schedule that is going to fire.
 *
 * @param calendar what the timetable's calendar says; null if it goes by none
 * @param settled nominal instants that have been dealt with, though they are due
 * @param jitter seconds at most
 * @param from nothing before it; null for no such bound
 * @param until nothing after it; null for no such bound
 * @param seconds that a run of its job is expected to last; 0 if not known
 */
public record Upcoming(
        long schedule,
        String name,
        long job,
        String namespace,
        String jobName,
        DatedTimetable when,
        BusinessCalendar calendar,
        Set<Instant> settled,
        int jitter,
        Instant from,
        Instant until,
        double seconds) {
    /** More are not read. */
    public static final int MOST = 50_000;

    /** Indexes {@code job_by_name}, {@code schedule_by_name}. Delays are left out: only their next instant is known. */
    private static final String ALL = """
            SELECT s.id, s.name, s.job_id, j.namespace, j.name AS job, %s, %s,
                   s.jitter_seconds, s.valid_from, s.valid_until, coalesce(st.mean_seconds, 0) AS seconds
            FROM job j JOIN schedule s ON s.job_id = j.id JOIN timetable t ON t.id = s.timetable_id
            LEFT JOIN business_calendar c ON c.id = t.calendar_id LEFT JOIN job_statistics st ON st.job_id = j.id
            WHERE j.archived_at IS NULL AND j.disabled_at IS NULL AND s.archived_at IS NULL AND s.disabled_at IS NULL
              AND s.paused_from IS NULL AND t.kind <> 'DELAY'
              AND (:everywhere OR j.namespace = ANY (:namespaces))
              AND (:job = '' OR position(lower(:job) IN lower(j.namespace || '/' || j.name)) > 0)
            ORDER BY j.namespace, j.name, s.name LIMIT :limit
            """.formatted(DatedTimetable.COLUMNS, Settled.OF_BOTH);

    /**
     * Those that are on, neither paused nor delays, at most {@link #MOST}.
     *
     * @param namespaces of the jobs; null for all
     * @param job part of {@code namespace/name}; empty for any
     */
    public static List<Upcoming> read(Transaction transaction, Set<String> namespaces, String job) {
        List<Upcoming> found = transaction
                .sql()
                .createQuery(ALL)
                .bind("everywhere", namespaces == null)
                .bindArray("namespaces", String.class, namespaces == null ? List.of() : List.copyOf(namespaces))
                .bind("job", job)
                .bind("limit", MOST)
                .map((row, context) -> of(row))
                .list();
        Map<HeldCalendar, BusinessCalendar> read = new HashMap<>();
        return found.stream()
                .map(one -> one.when.calendar() == null
                        ? one
                        : one.by(read.computeIfAbsent(one.when.calendar(), held -> one.when.content(transaction))))
                .toList();
    }

    private Upcoming by(BusinessCalendar content) {
        return new Upcoming(
                schedule, name, job, namespace, jobName, when, content, settled, jitter, from, until, seconds);
    }

    private static Upcoming of(ResultSet row) throws SQLException {
        return new Upcoming(
                row.getLong("id"),
                row.getString("name"),
                row.getLong("job_id"),
                row.getString("namespace"),
                row.getString("job"),
                DatedTimetable.of(row),
                null,
                Settled.read(row, "settled"),
                row.getInt("jitter_seconds"),
                Timetables.instant(row, "valid_from"),
                Timetables.instant(row, "valid_until"),
                row.getDouble("seconds"));
    }

    /** @param job {@code namespace/name} */
    public boolean isOf(String job) {
        return job.equals(namespace + "/" + jobName);
    }

    /** Whether an instant of its timetable is one of its own. */
    boolean has(Instant instant) {
        return (from == null || !instant.isBefore(from)) && (until == null || !instant.isAfter(until));
    }
}

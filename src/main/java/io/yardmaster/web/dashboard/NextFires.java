package io.yardmaster.web.dashboard;

import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/** What will be fired next, soonest first. */
final class NextFires {
    /** A schedule and the instant at which it will fire; the zone is the one that its expression is read in. */
    public record NextFire(Instant at, String namespace, String job, String schedule, String expression, String zone) {}

    /** Index {@code timetable_mark_by_next_due}, then {@code schedule_to_fire} of each timetable. */
    private static final String SOONEST = """
            SELECT m.next_due, j.namespace, j.name AS job, s.name AS schedule, t.expression, t.zone
            FROM timetable_mark m
            JOIN timetable t ON t.id = m.timetable_id
            JOIN schedule s ON s.timetable_id = m.timetable_id AND s.disabled_at IS NULL AND s.archived_at IS NULL
            JOIN job j ON j.id = s.job_id AND j.disabled_at IS NULL AND j.archived_at IS NULL
            WHERE m.next_due IS NOT NULL AND (:anywhere OR j.namespace = ANY (:namespaces))
            ORDER BY m.next_due, j.namespace, j.name, s.name
            LIMIT :limit
            """;

    private NextFires() {}

    /** @param namespaces of the jobs; containing {@code *} means any */
    static List<NextFire> read(Transaction transaction, Set<String> namespaces, int limit) {
        return transaction
                .sql()
                .createQuery(SOONEST)
                .bind("anywhere", namespaces.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(namespaces))
                .bind("limit", limit)
                .map((row, context) -> new NextFire(
                        row.getObject("next_due", OffsetDateTime.class).toInstant(),
                        row.getString("namespace"),
                        row.getString("job"),
                        row.getString("schedule"),
                        row.getString("expression"),
                        row.getString("zone")))
                .list();
    }
}

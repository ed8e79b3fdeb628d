package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import java.time.Instant;
import java.util.List;

/**
 * A schedule that is paused without having had what was due until then, as its timetable cannot be read here. It waits for the
 * end of the pause.
 *
 * @param job as {@code namespace/name}
 * @param since the last moment through which it was fired
 */
public record Unsettled(String job, String schedule, String expression, String zone, Instant since) {
    private static final int MOST = 100;

    /** Index {@code schedule_to_fire}. */
    private static final String OF_TIMETABLES =
            """
            SELECT j.namespace || '/' || j.name AS job, s.name AS schedule, t.expression, t.zone, s.paused_from
            FROM schedule s JOIN job j ON j.id = s.job_id JOIN timetable t ON t.id = s.timetable_id
            WHERE s.timetable_id = ANY (:timetables) AND s.disabled_at IS NULL AND s.paused_from < :now AND\s""" + PauseSql.OF_SCOPE + " ORDER BY j.namespace, j.name, s.name LIMIT :most";

    /** The first 100 by name of what was paused at {@code settled}. */
    static List<Unsettled> of(Transaction transaction, Pause.Scope scope, Settlement settled) {
        return settled.unread().isEmpty()
                ? List.of()
                : transaction
                        .sql()
                        .createQuery(OF_TIMETABLES)
                        .bind("scope", scope.kind())
                        .bind("subject", scope.subject())
                        .bindArray("timetables", Long.class, settled.unreadTimetables())
                        .bind("now", settled.now())
                        .bind("most", MOST)
                        .map((row, context) -> new Unsettled(
                                row.getString("job"),
                                row.getString("schedule"),
                                row.getString("expression"),
                                row.getString("zone"),
                                Timetables.instant(row, "paused_from")))
                        .list();
    }

    /** As {@code namespace/job/schedule}. */
    public String name() {
        return job + "/" + schedule;
    }
}

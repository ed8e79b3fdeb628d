package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What waits for the end of a pause.
 *
 * @param instants how many came meanwhile, of all schedules that would go on; those that the calendar leaves out do not count,
 *     nor those of timetables that cannot be read
 * @param more whether there are more than were counted
 * @param schedules how many would go on
 */
public record Missed(long instants, boolean more, int schedules) {
    private static final int MOST_INSTANTS = 100_000;
    private static final int MOST_SCHEDULES = 1_000;

    /** Those that no other pause holds. */
    private static final String WAITING = """
            SELECT %s, %s,
                   greatest(s.paused_from, s.valid_from - interval '1 microsecond') AS after,
                   least(s.valid_until, clock_timestamp()) AS through
            FROM schedule s JOIN job j ON j.id = s.job_id JOIN timetable t ON t.id = s.timetable_id
            LEFT JOIN business_calendar c ON c.id = t.calendar_id
            WHERE s.paused_from IS NOT NULL AND s.resume_with IS NULL AND s.disabled_at IS NULL
                AND j.disabled_at IS NULL AND j.archived_at IS NULL
                AND NOT EXISTS (SELECT FROM pause p WHERE (p.scope <> :scope OR p.subject <> :subject) AND %s)
                AND\s""".formatted(DatedTimetable.COLUMNS, Settled.OF_BOTH, PauseSql.HOLDS)
            + PauseSql.OF_SCOPE + " ORDER BY s.id LIMIT :most";

    /** One schedule's part. */
    private record Waiting(DatedTimetable when, Set<Instant> settled, Instant after, Instant through) {}

    static Missed of(Transaction transaction, Pause.Scope scope, KnownTimetables known) {
        List<Waiting> waiting = transaction
                .sql()
                .createQuery(WAITING)
                .bind("scope", scope.kind())
                .bind("subject", scope.subject())
                .bind("most", MOST_SCHEDULES + 1)
                .map((row, context) -> waiting(row))
                .list();
        boolean more = waiting.size() > MOST_SCHEDULES;
        long instants = 0;
        for (Waiting one : waiting.subList(0, Math.min(waiting.size(), MOST_SCHEDULES))) {
            int left = (int) (MOST_INSTANTS - instants);
            if (!known.canRead(transaction, one.when)) {
                continue;
            }
            Occurrences occurrences = known.of(transaction, one.when).without(one.settled);
            PausedWalk walk = PausedWalk.of(occurrences, one.after, one.through, Instant.MAX, left);
            instants += walk.paused();
            if (!walk.isWhole()) {
                return new Missed(instants, true, waiting.size());
            }
        }
        return new Missed(instants, more, waiting.size());
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                DatedTimetable.of(row),
                Settled.read(row, "settled"),
                Timetables.instant(row, "after"),
                Timetables.instant(row, "through"));
    }
}

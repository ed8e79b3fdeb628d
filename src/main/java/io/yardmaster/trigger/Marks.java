package io.yardmaster.trigger;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** How far each stored timetable has been fired. */
final class Marks {
    /** Index {@code timetable_mark_by_next_due}, which needs the clock as one value: hence the inner SELECT. */
    private static final String TAKE_DUE = """
            SELECT timetable_id FROM timetable_mark
            WHERE next_due <= (SELECT clock_timestamp()) AND timetable_id <> ALL (:without)
            ORDER BY next_due LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED
            """;

    private static final String LOCK = """
            SELECT timetable_id FROM timetable_mark WHERE timetable_id = ANY (:ids)
            ORDER BY timetable_id FOR NO KEY UPDATE
            """;

    /** Index {@code schedule_to_fire}. A statement of its own after the lock, so that it sees what the lock waited for. */
    private static final String READ = """
            SELECT t.id, %s, %s, m.fired_through, m.next_due,
                   p.nominal_at, p.through_schedule, p.runs,
                   f.schedules, f.catching, f.most, f.oldest, f.first_end
            FROM timetable t JOIN timetable_mark m ON m.timetable_id = t.id
            LEFT JOIN business_calendar c ON c.id = t.calendar_id
            LEFT JOIN fire_part p ON p.timetable_id = t.id
            CROSS JOIN LATERAL (
                SELECT count(*) AS schedules, count(*) FILTER (WHERE s.catch_up <> 'SKIP') AS catching,
                       max(CASE s.catch_up WHEN 'ALL' THEN s.catch_up_count ELSE 1 END) AS most,
                       max(s.catch_up_age_seconds) AS oldest,
                       min(s.valid_until) FILTER (WHERE s.catch_up <> 'SKIP' AND s.valid_until > m.fired_through) AS first_end
                FROM schedule s
                WHERE s.timetable_id = t.id AND s.disabled_at IS NULL AND s.archived_at IS NULL AND s.paused_from IS NULL
            ) f
            WHERE t.id = ANY (:ids) ORDER BY m.next_due NULLS LAST, t.id
            """.formatted(DatedTimetable.COLUMNS, Settled.OF_TIMETABLE);

    private static final String ADVANCE = """
            UPDATE timetable_mark m SET fired_through = a.fired_through, next_due = a.next_due
            FROM unnest(:ids, :throughs, :nexts) AS a (id, fired_through, next_due)
            WHERE m.timetable_id = a.id AND m.fired_through <= a.fired_through
            """;

    private static final String REST = """
            UPDATE timetable_mark m SET fired_through = a.fired_through, next_due = NULL
            FROM unnest(:ids, :throughs) AS a (id, fired_through)
            WHERE m.timetable_id = a.id AND m.fired_through <= a.fired_through
            """;

    /** Indexes {@code timetable_mark_by_next_due} and {@code run_to_wake}. */
    private static final String UNTIL_NEXT = """
            SELECT extract(epoch FROM least((SELECT min(next_due) FROM timetable_mark),
                (SELECT min(wake_at) FROM run WHERE state = 'BLOCKED' AND wake_at IS NOT NULL)) - clock_timestamp()) * 1000
            """;

    /** Locks due marks that nobody else holds, the longest due first. */
    List<Mark> takeDue(Transaction transaction, int limit, Collection<Long> without) {
        List<Long> ids = transaction
                .sql()
                .createQuery(TAKE_DUE)
                .bindArray("without", Long.class, without.toArray())
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
        return ids.isEmpty() ? List.of() : read(transaction, ids);
    }

    /** Locks these marks by ascending id, waiting for whoever holds them. */
    List<Mark> lock(Transaction transaction, Collection<Long> ids) {
        transaction
                .sql()
                .createQuery(LOCK)
                .bindArray("ids", Long.class, ids.toArray())
                .mapTo(Long.class)
                .list();
        return read(transaction, ids);
    }

    /** These marks as they are now; the caller holds their locks. */
    List<Mark> read(Transaction transaction, Collection<Long> ids) {
        return transaction
                .sql()
                .createQuery(READ)
                .bindArray("ids", Long.class, ids.toArray())
                .map(Marks::mark)
                .list();
    }

    /** Writes how far the plans have come. */
    void advance(Transaction transaction, List<Plan> plans) {
        List<Plan> going = plans.stream().filter(plan -> plan.nextDue() != null).toList();
        List<Plan> resting =
                plans.stream().filter(plan -> plan.nextDue() == null).toList();
        int moved = going.isEmpty() ? 0 : advance(transaction, ADVANCE, going);
        moved += resting.isEmpty() ? 0 : advance(transaction, REST, resting);
        if (moved != plans.size()) {
            throw new IllegalStateException(
                    moved + " of " + plans.size() + " marks moved: a mark would have gone back");
        }
    }

    /** How long until a timetable is due, by the database's clock; less than nothing if one is. */
    Optional<Duration> untilNext(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(UNTIL_NEXT)
                .mapTo(Double.class)
                .findOne()
                .map(millis -> Duration.ofMillis((long) Math.ceil(millis)));
    }

    private static int advance(Transaction transaction, String statement, List<Plan> plans) {
        return transaction
                .sql()
                .createUpdate(statement)
                .bindNamedArgumentFinder(Columns.of(plans)
                        .with("ids", Long.class, plan -> plan.mark().id())
                        .with("throughs", Instant.class, Plan::firedThrough)
                        .with("nexts", Instant.class, Plan::nextDue))
                .execute();
    }

    private static Mark mark(ResultSet row, StatementContext context) throws SQLException {
        return new Mark(
                row.getLong("id"),
                DatedTimetable.of(row),
                Settled.read(row, "settled"),
                Timetables.instant(row, "fired_through"),
                Timetables.instant(row, "next_due"),
                followers(row),
                begun(row));
    }

    private static Mark.Followers followers(ResultSet row) throws SQLException {
        int schedules = row.getInt("schedules");
        CatchUp widest = schedules == 0
                ? CatchUp.NONE
                : new CatchUp(
                        CatchUp.Policy.ALL,
                        row.getInt("most"),
                        Duration.ofSeconds(row.getLong("oldest")),
                        Duration.ZERO);
        return new Mark.Followers(schedules, row.getInt("catching"), widest, Timetables.instant(row, "first_end"));
    }

    private static Mark.Begun begun(ResultSet row) throws SQLException {
        Instant nominal = Timetables.instant(row, "nominal_at");
        return nominal == null ? null : new Mark.Begun(nominal, row.getLong("through_schedule"), row.getInt("runs"));
    }
}

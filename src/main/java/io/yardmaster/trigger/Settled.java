package io.yardmaster.trigger;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Instants that were due and dealt with, and that a change since would have due once more: they are not due again. Few, as
 * only what lies on both sides of a change is written down.
 */
final class Settled {
    /** Further than a calendar moves anything. */
    static final Duration FURTHEST = Duration.ofDays(70);

    /** A column of statements that know the timetable as {@code t}: what is settled for all its schedules. Primary key. */
    static final String OF_TIMETABLE = """
            ARRAY(SELECT d.nominal_at FROM timetable_settled d WHERE d.timetable_id = t.id) AS settled""";

    /** The same for the schedule {@code s} alone. Primary key. */
    static final String OF_SCHEDULE = """
            ARRAY(SELECT d.nominal_at FROM schedule_settled d WHERE d.schedule_id = s.id) AS settled""";

    /** Both. Primary keys. */
    static final String OF_BOTH = """
            ARRAY(SELECT d.nominal_at FROM timetable_settled d WHERE d.timetable_id = t.id
                  UNION SELECT d.nominal_at FROM schedule_settled d WHERE d.schedule_id = s.id) AS settled""";

    private static final String BY_SCHEDULE =
            "SELECT " + OF_BOTH + " FROM schedule s JOIN timetable t ON t.id = s.timetable_id WHERE s.id = :schedule";

    private static final String SETTLE_TIMETABLES = """
            INSERT INTO timetable_settled (timetable_id, nominal_at, settled_at)
            SELECT timetable_id, nominal_at, :now FROM unnest(:timetables, :nominals) AS d (timetable_id, nominal_at)
            ON CONFLICT DO NOTHING
            """;

    /**
     * What was due before a schedule was on for the first time was dealt with for others, and not for it. Reads all schedules
     * and stretches, for a change that is rare.
     */
    private static final String SETTLE_HAD = """
            WITH followed AS MATERIALIZED (
                SELECT d.timetable_id, d.nominal_at, s.id,
                       EXISTS (SELECT FROM schedule_stretch x WHERE x.schedule_id = s.id AND x.from_at < d.due_at) AS had
                FROM unnest(:timetables, :nominals, :dues) AS d (timetable_id, nominal_at, due_at)
                JOIN schedule s ON s.timetable_id = d.timetable_id AND s.archived_at IS NULL
            ), alike AS MATERIALIZED (
                SELECT timetable_id, nominal_at FROM followed GROUP BY timetable_id, nominal_at HAVING bool_and(had)
            ), shared AS (
                INSERT INTO timetable_settled (timetable_id, nominal_at, settled_at)
                SELECT timetable_id, nominal_at, :now FROM alike ON CONFLICT DO NOTHING
            )
            INSERT INTO schedule_settled (schedule_id, nominal_at, settled_at)
            SELECT id, nominal_at, :now FROM followed
            WHERE had AND (timetable_id, nominal_at) NOT IN (SELECT timetable_id, nominal_at FROM alike)
            ON CONFLICT DO NOTHING
            """;

    /** Primary key. */
    private static final String IS_SHARED =
            "SELECT EXISTS (SELECT FROM timetable_settled WHERE timetable_id = :timetable)";

    /** Reads all stretches, for what is rare. */
    private static final String PART = """
            WITH shared AS (DELETE FROM timetable_settled WHERE timetable_id = :timetable RETURNING nominal_at, settled_at)
            INSERT INTO schedule_settled (schedule_id, nominal_at, settled_at)
            SELECT x.schedule_id, d.nominal_at, d.settled_at
            FROM shared d JOIN (
                SELECT schedule_id, min(from_at) AS begun_at FROM schedule_stretch WHERE timetable_id = :timetable
                GROUP BY schedule_id) x ON x.begun_at <= d.settled_at
            ON CONFLICT DO NOTHING
            """;

    private static final String SETTLE_SCHEDULE = """
            INSERT INTO schedule_settled (schedule_id, nominal_at, settled_at)
            SELECT :schedule, nominal_at, :now FROM unnest(:nominals) AS d (nominal_at) ON CONFLICT DO NOTHING
            """;

    private Settled() {}

    /** An instant of a timetable. */
    record Instance(long timetable, Instant nominal) {}

    /** When an instant was due, or was to be. */
    record Due(Instance instance, Instant at) {}

    /** Reads the column {@code settled}, or another one with instants. */
    static Set<Instant> read(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        Timestamp[] instants = (Timestamp[]) array.getArray();
        return instants.length == 0
                ? Set.of()
                : Arrays.stream(instants).map(Timestamp::toInstant).collect(Collectors.toUnmodifiableSet());
    }

    /** By the schedule's timetable, and for the schedule alone. */
    static Set<Instant> of(Transaction transaction, long schedule) {
        return transaction
                .sql()
                .createQuery(BY_SCHEDULE)
                .bind("schedule", schedule)
                .map((row, context) -> read(row, "settled"))
                .findOne()
                .orElse(Collections.emptySet());
    }

    static void settle(Transaction transaction, List<Instance> instances, Instant now) {
        if (!instances.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(SETTLE_TIMETABLES)
                    .bind("now", now)
                    .bindNamedArgumentFinder(Columns.of(instances)
                            .with("timetables", Long.class, Instance::timetable)
                            .with("nominals", Instant.class, Instance::nominal))
                    .execute();
        }
    }

    /** Before another schedule joins the timetable, whose mark the caller holds: what is settled is so for the others alone. */
    static void part(Transaction transaction, long timetable) {
        boolean shared = transaction
                .sql()
                .createQuery(IS_SHARED)
                .bind("timetable", timetable)
                .mapTo(Boolean.class)
                .one();
        if (shared) {
            transaction.sql().createUpdate(PART).bind("timetable", timetable).execute();
        }
    }

    /** Those of {@code due} that somebody had, for whoever had them. */
    static void settleHad(Transaction transaction, List<Due> due, Instant now) {
        if (!due.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(SETTLE_HAD)
                    .bind("now", now)
                    .bindNamedArgumentFinder(Columns.of(due)
                            .with("timetables", Long.class, one -> one.instance.timetable)
                            .with("nominals", Instant.class, one -> one.instance.nominal)
                            .with("dues", Instant.class, Due::at))
                    .execute();
        }
    }

    static void settle(Transaction transaction, long schedule, Collection<Instant> nominals, Instant now) {
        if (!nominals.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(SETTLE_SCHEDULE)
                    .bind("now", now)
                    .bind("schedule", schedule)
                    .bindArray("nominals", Instant.class, List.copyOf(nominals))
                    .execute();
        }
    }
}

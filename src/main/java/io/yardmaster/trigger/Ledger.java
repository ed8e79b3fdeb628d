package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/**
 * What should have happened, by the function that fires, against what is recorded. Times past the retention of runs
 * show as unaccounted: do not ask for them.
 */
public final class Ledger {
    /** Primary key. A stretch still open reaches to where its timetable has been fired. */
    private static final String STRETCHES = """
            SELECT t.kind, t.expression, t.zone, t.gap, t.overlap, x.from_at,
                   least(coalesce(x.through_at, m.fired_through), x.until_at) AS through_at
            FROM schedule_stretch x JOIN timetable t ON t.id = x.timetable_id
            JOIN timetable_mark m ON m.timetable_id = t.id
            WHERE x.schedule_id = :schedule AND x.from_at < :through
                AND coalesce(x.through_at, m.fired_through) > :from
            """;

    /** Indexes {@code run_by_fire} and {@code run_history_by_job}; a run's id tells when it was made, minutes after at most. */
    private static final String RUNS = """
            SELECT count(*) FROM (
                SELECT nominal_at FROM run
                WHERE schedule_id = :schedule AND nominal_at > :from AND nominal_at <= :through
                UNION
                SELECT nominal_at FROM run_history
                WHERE job_id = :job AND schedule_id = :schedule AND nominal_at > :from AND nominal_at <= :through
                    AND id >= id_floor(:from) AND id < id_floor(CAST(:through AS timestamptz) + interval '10 minutes')
            ) AS fired
            """;

    /** Index {@code fire_range_by_schedule}. */
    private static final String RANGES = """
            SELECT from_at, through_at, instants, reason FROM fire_range
            WHERE schedule_id = :schedule AND from_at <= :through AND through_at > :from
            """;

    /** Primary key. What a delay does is known by what it did. */
    private static final String FIRES = """
            SELECT count(*) FROM fire f JOIN schedule s ON s.timetable_id = f.timetable_id
            WHERE s.id = :schedule AND f.nominal_at > :from AND f.nominal_at <= :through AND f.runs > 0
            """;

    private final KnownTimetables known = new KnownTimetables();

    /**
     * The account of one schedule over (from, through].
     *
     * @param expected instants at which it was on
     * @param runs how many of them have a run
     * @param skipped how many the calendar left out
     * @param missed how many came too late, or were let go after a pause
     * @param paused how many wait for the end of a pause
     */
    public record Account(long expected, long runs, long skipped, long missed, long paused) {
        /** Instants that nothing is known of: must be 0. */
        public long unaccounted() {
            return expected - runs - skipped - missed - paused;
        }
    }

    /** @param through instants that are not yet due are not expected */
    public Account of(Transaction transaction, Schedule schedule, Instant from, Instant through) {
        List<OnStretch> stretches = asked(transaction, STRETCHES, schedule, from, through)
                .map((row, context) -> new OnStretch(
                        known.of(Timetables.timetable(row)),
                        OnStretch.latest(from, Timetables.instant(row, "from_at")),
                        OnStretch.earliest(through, Timetables.instant(row, "through_at"))))
                .list();
        long runs = asked(transaction, RUNS, schedule, from, through)
                .bind("job", schedule.jobId())
                .mapTo(Long.class)
                .one();
        Map<Boolean, Long> leftOut =
                asked(transaction, RANGES, schedule, from, through).map((row, context) -> range(row)).list().stream()
                        .collect(Collectors.partitioningBy(
                                Range::skipped,
                                Collectors.summingLong(range -> range.within(stretches, from, through))));
        boolean delay = schedule.timetable().kind() == Timetable.Kind.DELAY;
        long expected = delay
                ? asked(transaction, FIRES, schedule, from, through)
                        .mapTo(Long.class)
                        .one()
                : stretches.stream().mapToLong(OnStretch::expected).sum();
        long paused = schedule.pausedFrom() == null ? 0 : after(stretches, schedule.pausedFrom());
        return new Account(expected, runs, leftOut.get(true), leftOut.get(false), paused);
    }

    /** All of it is counted in the row; of a part, the timetable tells. */
    private record Range(LeftOut leftOut, boolean skipped) {
        long within(List<OnStretch> stretches, Instant after, Instant until) {
            if (leftOut.from().isAfter(after) && !leftOut.through().isAfter(until)) {
                return leftOut.instants();
            }
            Instant start = OnStretch.latest(after, leftOut.from().minusNanos(1));
            Instant end = OnStretch.earliest(until, leftOut.through());
            return stretches.stream()
                    .mapToLong(on -> on.count(start, end, skipped))
                    .sum();
        }
    }

    private static Range range(ResultSet row) throws SQLException {
        LeftOut leftOut = new LeftOut(
                Timetables.instant(row, "from_at"), Timetables.instant(row, "through_at"), row.getInt("instants"));
        return new Range(leftOut, row.getString("reason").equals("SKIPPED"));
    }

    private static long after(List<OnStretch> stretches, Instant pausedFrom) {
        return stretches.stream()
                .mapToLong(on -> on.within(pausedFrom, Instant.MAX).expected())
                .sum();
    }

    private static Query asked(
            Transaction transaction, String statement, Schedule schedule, Instant from, Instant through) {
        return transaction
                .sql()
                .createQuery(statement)
                .bind("schedule", schedule.id())
                .bind("from", from)
                .bind("through", through);
    }
}

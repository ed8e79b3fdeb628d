package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.List;
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
            SELECT from_at, through_at, instants FROM fire_range
            WHERE schedule_id = :schedule AND from_at <= :through AND through_at > :from
            """;

    private final KnownTimetables known = new KnownTimetables();

    /**
     * The account of one schedule over (from, through].
     *
     * @param expected instants at which it was on
     * @param runs how many of them have a run
     * @param missed how many are recorded as missed
     */
    public record Account(long expected, long runs, long missed) {
        /** Instants that nothing is known of: must be 0. */
        public long unaccounted() {
            return expected - runs - missed;
        }
    }

    /** On by {@code occurrences} in (from, through]. */
    private record Stretch(Occurrences occurrences, Instant from, Instant through) {
        long expected() {
            return occurrences.count(from, through);
        }
    }

    /** All of it is counted in the row; of a part, the timetable tells. */
    private record Missed(Instant from, Instant through, int instants) {
        long within(List<Stretch> stretches, Instant after, Instant until) {
            if (from.isAfter(after) && !through.isAfter(until)) {
                return instants;
            }
            Instant start = latest(after, from.minusNanos(1));
            Instant end = earliest(until, through);
            return stretches.stream()
                    .filter(on -> on.from().isBefore(end) && on.through().isAfter(start))
                    .mapToLong(on -> on.occurrences().count(latest(start, on.from()), earliest(end, on.through())))
                    .sum();
        }
    }

    /** @param through instants that are not yet due are not expected */
    public Account of(Transaction transaction, Schedule schedule, Instant from, Instant through) {
        List<Stretch> stretches = asked(transaction, STRETCHES, schedule, from, through)
                .map((row, context) -> new Stretch(
                        known.of(Timetables.timetable(row)),
                        latest(from, Timetables.instant(row, "from_at")),
                        earliest(through, Timetables.instant(row, "through_at"))))
                .list();
        long expected = stretches.stream().mapToLong(Stretch::expected).sum();
        long runs = asked(transaction, RUNS, schedule, from, through)
                .bind("job", schedule.jobId())
                .mapTo(Long.class)
                .one();
        long missed = asked(transaction, RANGES, schedule, from, through)
                .map((row, context) -> new Missed(
                        Timetables.instant(row, "from_at"), Timetables.instant(row, "through_at"), row.getInt("instants")))
                .list()
                .stream()
                .mapToLong(range -> range.within(stretches, from, through))
                .sum();
        return new Account(expected, runs, missed);
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

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A timetable without the instants that have had their runs: when a calendar changes, what was due on Friday by the old one
 * may be due on Monday by the new.
 *
 * @param fired nominal instants
 */
record NotYetFired(Occurrences all, Set<Instant> fired) implements Occurrences {
    /** Further than a calendar moves anything. */
    static final Duration FURTHEST = Duration.ofDays(70);

    private static final int MOST_LOOKED_AT = 1_000;

    /** Primary key. */
    private static final String FIRED = """
            SELECT nominal_at FROM fire WHERE timetable_id = :timetable AND nominal_at > :from
            """;

    /** Primary key. Of a timetable that was due the same instant before then. */
    private static final String FIRED_UNTIL = """
            SELECT nominal_at FROM fire WHERE timetable_id = :timetable AND nominal_at > :from AND nominal_at < :through
                AND coalesce(due_at, nominal_at) <= :until
            """;

    /** Indexes {@code schedule_stretch_pkey}, {@code fire_pkey}. */
    private static final String HAD = """
            SELECT d.nominal_at FROM schedule_stretch x JOIN fire d ON d.timetable_id = x.timetable_id
            WHERE x.schedule_id = :schedule AND x.timetable_id <> :timetable AND d.nominal_at = ANY (:nominals) AND d.runs > 0
                AND coalesce(d.due_at, d.nominal_at) > x.from_at AND coalesce(d.due_at, d.nominal_at) <= x.through_at
            """;

    /** Without what was due, and had its runs, up to {@code from}, where a schedule's time by the timetable begins. */
    static Occurrences since(Transaction transaction, long timetable, Instant from, Occurrences all) {
        List<Instant> fired = transaction
                .sql()
                .createQuery(FIRED_UNTIL)
                .bind("timetable", timetable)
                .bind("from", from.minus(FURTHEST))
                .bind("through", from.plus(FURTHEST))
                .bind("until", from)
                .mapTo(Instant.class)
                .list();
        return fired.isEmpty() ? all : new NotYetFired(all, new HashSet<>(fired));
    }

    /** Also without what the schedule had by other timetables before. */
    static Occurrences of(Transaction transaction, Schedule schedule, Instant after, Occurrences all) {
        boolean since = after.minus(FURTHEST).isAfter(schedule.effectiveFrom());
        Occurrences others = since ? all : withoutHad(transaction, schedule, after, all);
        return schedule.timetable().moves() ? of(transaction, schedule.timetableId(), after, others) : others;
    }

    private static Occurrences withoutHad(Transaction transaction, Schedule schedule, Instant after, Occurrences all) {
        List<Instant> nominals = all.between(after, after.plus(FURTHEST), MOST_LOOKED_AT).stream()
                .map(Occurrence::nominal)
                .toList();
        List<Instant> had = transaction
                .sql()
                .createQuery(HAD)
                .bind("schedule", schedule.id())
                .bind("timetable", schedule.timetableId())
                .bindArray("nominals", Instant.class, nominals)
                .mapTo(Instant.class)
                .list();
        return had.isEmpty() ? all : new NotYetFired(all, new HashSet<>(had));
    }

    /** @param after what is due later is asked for */
    static Occurrences of(Transaction transaction, long timetable, Instant after, Occurrences all) {
        List<Instant> fired = transaction
                .sql()
                .createQuery(FIRED)
                .bind("timetable", timetable)
                .bind("from", after.minus(FURTHEST))
                .mapTo(Instant.class)
                .list();
        return new NotYetFired(all, new HashSet<>(fired));
    }

    @Override
    public List<Occurrence> after(Instant instant) {
        List<Occurrence> next = all.after(instant);
        List<Occurrence> left = without(next);
        while (left.isEmpty() && !next.isEmpty()) {
            next = all.after(next.get(0).at());
            left = without(next);
        }
        return left;
    }

    @Override
    public long countKept(Instant afterExclusive, Instant throughInclusive) {
        return between(afterExclusive, throughInclusive, Integer.MAX_VALUE).stream()
                .filter(one -> !one.skipped())
                .count();
    }

    private List<Occurrence> without(List<Occurrence> next) {
        return next.stream().filter(one -> !fired.contains(one.nominal())).toList();
    }
}

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

    /** Primary key. */
    private static final String FIRED = """
            SELECT nominal_at FROM fire WHERE timetable_id = :timetable AND nominal_at > :from
            """;

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

    private List<Occurrence> without(List<Occurrence> next) {
        return next.stream().filter(one -> !fired.contains(one.nominal())).toList();
    }
}

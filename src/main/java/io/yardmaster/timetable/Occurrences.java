package io.yardmaster.timetable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instants of a timetable, in order and without end until the year 2100. Thread-safe. */
public interface Occurrences {
    /** The first one strictly after {@code instant}; empty if none comes before the year 2100. */
    Optional<Occurrence> after(Instant instant);

    /** As {@link #after}, the instant alone. */
    default Optional<Instant> next(Instant after) {
        return after(after).map(Occurrence::at);
    }

    /** At most {@code limit} instants after {@code afterExclusive} and up to {@code throughInclusive}. */
    default List<Instant> between(Instant afterExclusive, Instant throughInclusive, int limit) {
        List<Instant> found = new ArrayList<>();
        Optional<Instant> next = next(afterExclusive);
        while (found.size() < limit && next.isPresent() && !next.get().isAfter(throughInclusive)) {
            found.add(next.get());
            next = next(next.get());
        }
        return found;
    }

    /** How many come after {@code afterExclusive} and up to {@code throughInclusive}. */
    default long count(Instant afterExclusive, Instant throughInclusive) {
        long count = 0;
        Optional<Instant> next = next(afterExclusive);
        while (next.isPresent() && !next.get().isAfter(throughInclusive)) {
            count++;
            next = next(next.get());
        }
        return count;
    }

    /** The first {@code count} after {@code instant}, fewer if no more come. */
    default List<Occurrence> preview(Instant instant, int count) {
        List<Occurrence> found = new ArrayList<>();
        Optional<Occurrence> next = after(instant);
        while (found.size() < count && next.isPresent()) {
            found.add(next.get());
            next = after(next.get().at());
        }
        return found;
    }
}

package io.yardmaster.timetable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The instants of a timetable, in the order in which they are due, until the year 2100. Thread-safe. */
public interface Occurrences {
    Occurrences NONE = instant -> List.of();

    /**
     * All that are due together, first after {@code instant}: one, unless a calendar has moved several to the same instant.
     * Empty if none comes before the year 2100.
     */
    List<Occurrence> after(Instant instant);

    /** Whether they repeat within the day, so that they mean "every so often" and not "at a time". */
    default boolean repeatWithinDay() {
        return false;
    }

    /** When the next is due, strictly after {@code after}. */
    default Optional<Instant> next(Instant after) {
        List<Occurrence> due = after(after);
        return due.isEmpty() ? Optional.empty() : Optional.of(due.get(0).at());
    }

    /** Those due after {@code afterExclusive} and up to {@code throughInclusive}; no more than {@code limit}, but for the last's companions. */
    default List<Occurrence> between(Instant afterExclusive, Instant throughInclusive, int limit) {
        List<Occurrence> found = new ArrayList<>();
        List<Occurrence> next = after(afterExclusive);
        while (found.size() < limit && !next.isEmpty() && !next.get(0).at().isAfter(throughInclusive)) {
            found.addAll(next);
            next = after(next.get(0).at());
        }
        return found;
    }

    /**
     * As {@link #after}, without those that the calendar leaves out.
     *
     * @param through nothing later is looked for
     */
    default List<Occurrence> kept(Instant instant, Instant through) {
        List<Occurrence> due = after(instant);
        while (!due.isEmpty() && !due.get(0).at().isAfter(through)) {
            List<Occurrence> kept = due.stream().filter(one -> !one.skipped()).toList();
            if (!kept.isEmpty()) {
                return kept;
            }
            due = after(due.get(0).at());
        }
        return List.of();
    }

    /** As {@link #count}, without those that the calendar leaves out. */
    default long countKept(Instant afterExclusive, Instant throughInclusive) {
        return count(afterExclusive, throughInclusive);
    }

    /** How many are due after {@code afterExclusive} and up to {@code throughInclusive}. */
    default long count(Instant afterExclusive, Instant throughInclusive) {
        long count = 0;
        List<Occurrence> next = after(afterExclusive);
        while (!next.isEmpty() && !next.get(0).at().isAfter(throughInclusive)) {
            count += next.size();
            next = after(next.get(0).at());
        }
        return count;
    }

    /** The one that is known by that instant of the expression, wherever it is due; empty if there is none. */
    default Optional<Occurrence> by(Instant nominal) {
        return after(nominal.minusNanos(1)).stream()
                .filter(one -> one.nominal().equals(nominal))
                .findFirst();
    }

    /** As {@link #between}, by the instants of the expression, wherever they are due. */
    default List<Occurrence> named(Instant afterExclusive, Instant throughInclusive, int limit) {
        return between(afterExclusive, throughInclusive, limit);
    }

    /** Those that a calendar has put across {@code moment}: of their nominal instant and their due one, one is after it. */
    default List<Occurrence> across(Instant moment) {
        return List.of();
    }

    /** These, but for what is known by one of {@code nominals}. */
    default Occurrences without(Set<Instant> nominals) {
        return nominals.isEmpty() ? this : new Remaining(this, nominals);
    }

    /** The first {@code count} after {@code instant}, fewer if no more come. */
    default List<Occurrence> preview(Instant instant, int count) {
        List<Occurrence> found = between(instant, Instant.MAX, count);
        return found.size() > count ? found.subList(0, count) : found;
    }
}

package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A schedule was on, by {@code all} but what is settled, in (from, through]; empty if it ends before it begins.
 *
 * @param moves whether a calendar may move them
 * @param settled nominal instants of those that had been dealt with before
 */
record OnStretch(Occurrences all, boolean moves, Set<Instant> settled, Instant from, Instant through) {
    Occurrences occurrences() {
        return all.without(settled);
    }

    boolean isEmpty() {
        return !through.isAfter(from);
    }

    long expected() {
        return isEmpty() ? 0 : occurrences().count(from, through);
    }

    /** How many instants {@code stretches} have in (after, until]. */
    static long expected(List<OnStretch> stretches, Instant after, Instant until) {
        return stretches.stream()
                .mapToLong(on -> on.within(after, until).expected())
                .sum();
    }

    /** How many of its instants are in (after, until] and left out by the calendar, or not. */
    long count(Instant after, Instant until, boolean skipped) {
        OnStretch part = within(after, until);
        if (part.isEmpty()) {
            return 0;
        }
        long kept = occurrences().countKept(part.from, part.through);
        return skipped ? occurrences().count(part.from, part.through) - kept : kept;
    }

    /** Whether that instant of the expression was due in it. */
    boolean had(Instant nominal) {
        return occurrences()
                .by(nominal)
                .filter(one -> one.at().isAfter(from) && !one.at().isAfter(through))
                .isPresent();
    }

    /** What was due in it and not left out by the calendar. */
    Stream<Instant> nominals() {
        return isEmpty()
                ? Stream.empty()
                : occurrences().between(from, through, Integer.MAX_VALUE).stream()
                        .filter(one -> !one.skipped())
                        .map(Occurrence::nominal);
    }

    OnStretch within(Instant after, Instant until) {
        return new OnStretch(all, moves, settled, latest(after, from), earliest(until, through));
    }

    static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

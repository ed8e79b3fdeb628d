package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A schedule was on, by {@code occurrences}, in (from, through]; empty if it ends before it begins.
 *
 * @param moves whether a calendar may move them
 */
record OnStretch(Occurrences occurrences, boolean moves, Instant from, Instant through) {
    long expected() {
        return through.isAfter(from) ? occurrences.count(from, through) : 0;
    }

    /** How many of its instants are in (after, until] and left out by the calendar, or not. */
    long count(Instant after, Instant until, boolean skipped) {
        OnStretch part = within(after, until);
        if (!part.through.isAfter(part.from)) {
            return 0;
        }
        long kept = occurrences.countKept(part.from, part.through);
        return skipped ? occurrences.count(part.from, part.through) - kept : kept;
    }

    /** What was due in it and not left out by the calendar. */
    Stream<Instant> nominals() {
        return through.isAfter(from)
                ? occurrences.between(from, through, Integer.MAX_VALUE).stream()
                        .filter(one -> !one.skipped())
                        .map(Occurrence::nominal)
                : Stream.empty();
    }

    OnStretch within(Instant after, Instant until) {
        return new OnStretch(occurrences, moves, latest(after, from), earliest(until, through));
    }

    static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

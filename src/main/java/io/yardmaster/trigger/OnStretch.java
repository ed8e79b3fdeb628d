package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;

/** A schedule was on, by {@code occurrences}, in (from, through]; empty if it ends before it begins. */
record OnStretch(Occurrences occurrences, Instant from, Instant through) {
    long expected() {
        return through.isAfter(from) ? occurrences.count(from, through) : 0;
    }

    /** How many of its instants are in (after, until] and left out by the calendar, or not. */
    long count(Instant after, Instant until, boolean skipped) {
        OnStretch part = within(after, until);
        if (!part.through.isAfter(part.from)) {
            return 0;
        }
        return occurrences.between(part.from, part.through, Integer.MAX_VALUE).stream()
                .map(Occurrence::skipped)
                .filter(left -> left == skipped)
                .count();
    }

    OnStretch within(Instant after, Instant until) {
        return new OnStretch(occurrences, latest(after, from), earliest(until, through));
    }

    static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}

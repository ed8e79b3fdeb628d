package io.yardmaster.trigger;

import io.yardmaster.database.Invalid;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The instants of a range, oldest first.
 *
 * @param skipped how many more the calendar leaves out
 */
record BackfillInstants(List<Occurrence> wanted, int skipped) {
    static final int MOST = 100_000;
    /** As many as are gone through in a second or so. */
    private static final int MOST_VISITED = 1_000_000;

    /** @throws Invalid at {@code until} if there are none, or too many */
    static BackfillInstants of(Occurrences occurrences, Instant from, Instant until) {
        List<Occurrence> wanted = new ArrayList<>();
        int skipped = 0;
        List<Occurrence> next = occurrences.after(from.minusNanos(1));
        while (!next.isEmpty() && !next.get(0).at().isAfter(until)) {
            for (Occurrence occurrence : next) {
                if (occurrence.skipped()) {
                    skipped++;
                } else {
                    wanted.add(occurrence);
                }
            }
            if (wanted.size() > MOST || skipped > MOST_VISITED) {
                throw new Invalid("until", until, "invalid.backfill.too-many", MOST, last(wanted, until));
            }
            next = occurrences.after(next.get(0).at());
        }
        if (wanted.isEmpty()) {
            throw new Invalid("until", until, "invalid.backfill.none", from.toString());
        }
        return new BackfillInstants(wanted, skipped);
    }

    /** The latest end of a range that is not too long. */
    private static String last(List<Occurrence> wanted, Instant until) {
        return (wanted.size() > MOST ? wanted.get(MOST - 1).at() : until).toString();
    }
}

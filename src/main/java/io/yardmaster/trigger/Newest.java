package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Finds the last instants of a stretch without going through all of it: timetables can only be walked forwards. */
final class Newest {
    private static final Duration FIRST_LOOK = Duration.ofMinutes(1);

    private Newest() {}

    /**
     * The first of the newest {@code count} instants in (after, through], where several due together count as one and what the
     * calendar leaves out does not count;
     * {@link Instant#MAX} if there is none at all.
     */
    static Instant of(Occurrences occurrences, Instant after, Instant through, int count) {
        Duration look = FIRST_LOOK;
        while (true) {
            Instant from = through.minus(look);
            boolean whole = !from.isAfter(after);
            List<Instant> found = occurrences.between(whole ? after : from, through, Integer.MAX_VALUE).stream()
                    .filter(occurrence -> !occurrence.skipped())
                    .map(Occurrence::at)
                    .distinct()
                    .toList();
            if (found.size() >= count || whole) {
                return found.isEmpty() ? Instant.MAX : found.get(Math.max(0, found.size() - count));
            }
            look = look.multipliedBy(2);
        }
    }
}

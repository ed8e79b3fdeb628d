package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a schedule had by one timetable, and would have once more by the one that it goes over to. */
final class ScheduleTurn {
    private final PastStretches stretches = new PastStretches();
    private final KnownTimetables known;

    ScheduleTurn(KnownTimetables known) {
        this.known = known;
    }

    /**
     * Settles it.
     *
     * @param next the timetable that it goes over to
     * @param now everything that was due up to then was dealt with
     */
    void record(Transaction transaction, long schedule, DatedTimetable next, Instant now) {
        List<OnStretch> past = stretches
                .of(transaction, List.of(schedule), now.minus(Settled.FURTHEST), now)
                .getOrDefault(schedule, List.of());
        if (next.timetable().moves() || past.stream().anyMatch(OnStretch::moves)) {
            Occurrences will = known.of(transaction, next);
            Settled.settle(transaction, schedule, dueAgain(past, will, now), now);
        }
    }

    /** Only what either timetable puts across this moment can have been due before it and be so after. */
    private static Set<Instant> dueAgain(List<OnStretch> past, Occurrences will, Instant now) {
        Set<Instant> again = new HashSet<>();
        for (OnStretch on : past) {
            Stream.of(on.occurrences(), will)
                    .flatMap(either -> either.across(now).stream())
                    .map(Occurrence::nominal)
                    .filter(on::had)
                    .filter(nominal -> will.by(nominal)
                            .filter(one -> one.at().isAfter(now))
                            .isPresent())
                    .forEach(again::add);
        }
        return again;
    }
}

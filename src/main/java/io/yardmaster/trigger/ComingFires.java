package io.yardmaster.trigger;

import io.yardmaster.timetable.BadTimetable;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Coming runs one after the other, jitter applied: each page costs one question per schedule and one per line. */
public final class ComingFires {
    private final KnownTimetables known = new KnownTimetables();

    /**
     * A run to come.
     *
     * @param startAt when it is to start
     * @param nominal the instant of the timetable
     * @param adjustment what a clock change did to it; null for none
     */
    public record ComingFire(Upcoming of, Instant startAt, Instant nominal, Instant due, String adjustment) {}

    /** The schedule's fires from one on: the first of {@code together}, which are due at the same instant. */
    private record Next(Occurrences occurrences, int shift, Upcoming of, List<Occurrence> together) {
        ComingFire fire() {
            Occurrence first = together.get(0);
            Instant at = first.at();
            return new ComingFire(of, at.plusSeconds(shift), first.nominal(), at, first.adjusted());
        }

        Next after(List<Occurrence> others) {
            return others.isEmpty() || !of.has(others.get(0).at()) ? null : new Next(occurrences, shift, of, others);
        }
    }

    /**
     * Those that start after {@code after}, or then come after it in the order of schedules and nominal instants, and up to {@code through}.
     *
     * @param from instants up to it are past
     */
    public List<ComingFire> list(List<Upcoming> schedules, Instant from, Place after, Instant through, int limit) {
        PriorityQueue<Next> heap =
                new PriorityQueue<>(Comparator.comparing(next -> Place.of(next.fire()), Place.ORDER));
        for (Upcoming one : schedules) {
            offer(heap, begin(one, from, after, through));
        }
        List<ComingFire> found = new ArrayList<>();
        while (found.size() < limit
                && !heap.isEmpty()
                && !heap.peek().fire().startAt().isAfter(through)) {
            Next next = heap.poll();
            ComingFire fire = next.fire();
            if (after.isBefore(fire)) {
                found.add(fire);
            }
            offer(heap, following(next, through));
        }
        return found;
    }

    /** Where a page begins: after the fire of that instant, schedule and nominal instant. */
    public record Place(Instant startAt, long schedule, Instant nominal) {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::startAt)
                .thenComparing(Place::schedule)
                .thenComparing(Place::nominal);

        /** Before all fires that start after that instant. */
        public static Place from(Instant now) {
            return new Place(now, 0, Instant.EPOCH);
        }

        public static Place of(ComingFire fire) {
            return new Place(fire.startAt(), fire.of().schedule(), fire.nominal());
        }

        boolean isBefore(ComingFire fire) {
            return ORDER.compare(this, of(fire)) < 0;
        }
    }

    private static void offer(PriorityQueue<Next> heap, Next next) {
        if (next != null) {
            heap.add(next);
        }
    }

    private Next begin(Upcoming one, Instant from, Place after, Instant through) {
        try {
            int shift = Jitter.of(one.job(), one.jitter());
            Instant begun = after.startAt().minusSeconds(shift).minusNanos(1);
            Instant start = begun.isAfter(from) ? begun : from;
            Instant valid = one.from() == null
                    ? start
                    : OnStretch.latest(start, one.from().minusNanos(1));
            Occurrences occurrences = known.of(one.when(), one.calendar()).without(one.settled());
            return new Next(occurrences, shift, one, List.of()).after(occurrences.kept(valid, through));
        } catch (BadTimetable unreadable) {
            return null;
        }
    }

    private static Next following(Next next, Instant through) {
        List<Occurrence> rest = next.together.subList(1, next.together.size());
        Instant due = next.together.get(0).at();
        return next.after(rest.isEmpty() ? next.occurrences.kept(due, through) : rest);
    }
}

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
    private static final Comparator<ComingFire> ORDER = Comparator.comparing(ComingFire::startAt)
            .thenComparing(fire -> fire.of().schedule())
            .thenComparing(ComingFire::nominal);

    private final KnownTimetables known = new KnownTimetables();

    /**
     * A run to come.
     *
     * @param startAt when it is to start
     * @param nominal the instant of the timetable
     * @param adjustment what a clock change did to it; null for none
     */
    public record ComingFire(Upcoming of, Instant startAt, Instant nominal, Instant due, String adjustment) {}

    /** The schedule's fires from one on. */
    private record Next(Occurrences occurrences, int shift, ComingFire fire) {}

    /**
     * Those that start after {@code after}, or then by a schedule with a greater id, and up to {@code through}.
     *
     * @param from instants up to it are past
     */
    public List<ComingFire> list(List<Upcoming> schedules, Instant from, Place after, Instant through, int limit) {
        PriorityQueue<Next> heap = new PriorityQueue<>(Comparator.comparing(Next::fire, ORDER));
        for (Upcoming one : schedules) {
            offer(heap, begin(one, from, after));
        }
        List<ComingFire> found = new ArrayList<>();
        while (found.size() < limit
                && !heap.isEmpty()
                && !heap.peek().fire.startAt().isAfter(through)) {
            Next next = heap.poll();
            if (after.isBefore(next.fire)) {
                found.add(next.fire);
            }
            offer(heap, following(next));
        }
        return found;
    }

    /** Where a page begins. */
    public record Place(Instant startAt, long schedule) {
        boolean isBefore(ComingFire fire) {
            int order = fire.startAt().compareTo(startAt);
            return order > 0 || (order == 0 && fire.of().schedule() > schedule);
        }
    }

    private static void offer(PriorityQueue<Next> heap, Next next) {
        if (next != null) {
            heap.add(next);
        }
    }

    private Next begin(Upcoming one, Instant from, Place after) {
        try {
            int shift = Jitter.of(one.job(), one.jitter());
            Instant begun = after.startAt().minusSeconds(shift).minusNanos(1);
            Instant start = begun.isAfter(from) ? begun : from;
            Instant valid = one.from() == null
                    ? start
                    : OnStretch.latest(start, one.from().minusNanos(1));
            return first(one, known.of(one.timetable()), shift, valid);
        } catch (BadTimetable unreadable) {
            return null;
        }
    }

    private static Next following(Next next) {
        return first(next.fire.of(), next.occurrences, next.shift, next.fire.due());
    }

    private static Next first(Upcoming one, Occurrences occurrences, int shift, Instant after) {
        List<Occurrence> due = occurrences.after(after);
        if (due.isEmpty() || !one.has(due.get(0).at())) {
            return null;
        }
        Occurrence first = due.get(0);
        ComingFire fire =
                new ComingFire(one, first.at().plusSeconds(shift), first.nominal(), first.at(), first.adjusted());
        return new Next(occurrences, shift, fire);
    }
}

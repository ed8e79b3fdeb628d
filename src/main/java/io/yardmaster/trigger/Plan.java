package io.yardmaster.trigger;

import io.yardmaster.queue.NominalFire;
import io.yardmaster.timetable.Occurrences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to be done about one timetable at one moment: pure arithmetic on its mark.
 *
 * @param fires instants that get their runs, in order
 * @param missed instants too late for that, or null
 * @param firedThrough accounts for all instants up to this one, once done
 * @param nextDue the next instant after that; null if none comes, or no schedule waits for it
 * @param through only the schedules up to this id get their runs, and the one instant stays due for the others
 */
record Plan(Mark mark, List<Instant> fires, Missed missed, Instant firedThrough, Instant nextDue, long through) {
    /** How late an instant may be and still get its run. */
    static final Duration LATENESS = Duration.ofSeconds(60);

    /** As many as can be counted well within the time that a transaction may take. */
    private static final int MOST_MISSED = 50_000;

    /** A stretch of instants that no run is made for. */
    record Missed(Instant from, Instant through, int instants) {}

    int runs() {
        return fires.size() * mark.schedules();
    }

    /** Whether the instant is not fired whole by this plan. */
    boolean isPart() {
        return through < Long.MAX_VALUE;
    }

    /** The same for the schedules up to that id, of a plan with one instant to fire. */
    Plan upTo(long schedule) {
        Instant before = missed == null ? mark.firedThrough() : missed.through();
        return new Plan(mark, fires, missed, before, fires.get(0), schedule);
    }

    List<NominalFire> nominalFires() {
        return fires.stream().map(this::nominalFire).toList();
    }

    private NominalFire nominalFire(Instant nominal) {
        return new NominalFire(
                mark.id(), nominal, mark.hasBegun(nominal) ? mark.begun().through() : 0, through);
    }

    int instants() {
        return fires.size() + (missed == null ? 0 : missed.instants());
    }

    /**
     * @param now by the database's clock, read after the mark was locked
     * @param mostRuns stop after the instant by which so many are reached; the rest is due still
     */
    static Plan of(Mark mark, Occurrences occurrences, Instant now, int mostRuns) {
        if (mark.schedules() == 0) {
            return new Plan(mark, List.of(), null, latest(mark.firedThrough(), now), null, Long.MAX_VALUE);
        }
        Walk walk = new Walk(mark, now.minus(LATENESS));
        Instant next = occurrences.next(mark.firedThrough()).orElse(null);
        while (next != null && !next.isAfter(now) && walk.mayGoOn(mostRuns)) {
            walk.visit(next);
            next = occurrences.next(next).orElse(null);
        }
        boolean through = next == null || next.isAfter(now);
        Instant firedThrough = through ? latest(mark.firedThrough(), now) : walk.last;
        return new Plan(mark, walk.fires, walk.missed(), firedThrough, next, Long.MAX_VALUE);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Sorts the instants that it visits, in order, into late and not. */
    private static final class Walk {
        private final Mark mark;
        private final Instant tooLate;
        private final List<Instant> fires = new ArrayList<>();
        private Instant firstMissed;
        private Instant lastMissed;
        private int missed;
        private Instant last;

        Walk(Mark mark, Instant tooLate) {
            this.mark = mark;
            this.tooLate = tooLate;
        }

        boolean mayGoOn(int mostRuns) {
            return missed < MOST_MISSED && (long) fires.size() * mark.schedules() < mostRuns;
        }

        void visit(Instant nominal) {
            last = nominal;
            if (!nominal.isBefore(tooLate) || mark.hasBegun(nominal)) {
                fires.add(nominal);
                return;
            }
            firstMissed = firstMissed == null ? nominal : firstMissed;
            lastMissed = nominal;
            missed++;
        }

        Missed missed() {
            return missed == 0 ? null : new Missed(firstMissed, lastMissed, missed);
        }
    }
}

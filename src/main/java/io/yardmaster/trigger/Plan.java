package io.yardmaster.trigger;

import io.yardmaster.queue.NominalFire;
import io.yardmaster.timetable.Adjustment;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What has to be done about one timetable at one moment: pure arithmetic on its mark.
 *
 * @param found what is due, and what is left out
 * @param firedThrough accounts for all instants up to this one, once done
 * @param nextDue the next instant after that; null if none comes, or no schedule waits for it
 * @param through only the schedules up to this id get their runs, and the one instant stays due for the others
 * @param alone nominal instants that are dealt with before others that are due together with them, and would be due once more
 */
record Plan(Mark mark, Walk.Found found, Instant firedThrough, Instant nextDue, long through, List<Instant> alone) {
    /** How late an instant may be and still get its run. */
    static final Duration LATENESS = Duration.ofSeconds(60);

    /**
     * Where a plan ends.
     *
     * @param runs after the instant by which so many are reached; the rest is due still
     * @param atOnce of instants that are due together only as many as make so many runs, if that is more than one instant
     */
    record Bounds(int runs, int atOnce) {
        private boolean hold(Mark mark, List<Occurrence> together) {
            return together.size() == 1 || (long) together.size() * mark.schedules() <= atOnce;
        }

        private List<Occurrence> some(Mark mark, List<Occurrence> together) {
            return together.subList(0, Math.max(1, atOnce / mark.schedules()));
        }
    }

    private Plan(Mark mark, Walk.Found found, Instant firedThrough, Instant nextDue) {
        this(mark, found, firedThrough, nextDue, Long.MAX_VALUE, List.of());
    }

    /** Instants that get their runs, in order. */
    List<Occurrence> fires() {
        return found.fires();
    }

    int runs() {
        return fires().size() * mark.schedules() + madeUp();
    }

    /** How many runs of missed instants, at most. */
    int madeUp() {
        return found.late().size() * mark.catching();
    }

    int instants() {
        return found.instants();
    }

    /** What of {@code all} it deals with; others that are due together with {@code alone} are left to another plan. */
    Occurrences own(Occurrences all) {
        if (alone.isEmpty()) {
            return all;
        }
        return all.without(all.after(mark.firedThrough()).stream()
                .map(Occurrence::nominal)
                .filter(nominal -> !alone.contains(nominal))
                .collect(Collectors.toSet()));
    }

    /** Whether the instant is not fired whole by this plan. */
    boolean isPart() {
        return through < Long.MAX_VALUE;
    }

    /** Whether its runs can be made in parts. */
    boolean isOneInstant() {
        return fires().size() == 1 && !found.leavesOut();
    }

    /** The same for the schedules up to that id, of a plan with one instant to fire. */
    Plan upTo(long schedule) {
        return new Plan(mark, found, mark.firedThrough(), fires().get(0).at(), schedule, List.of());
    }

    /** Whether the one instant to fire comes after all others, as it does when it fills a pass. */
    boolean firesLast() {
        return found.isBefore(fires().get(0).at());
    }

    /** What comes before the one instant to fire, of a plan that leaves out others. */
    Plan beforeItFires() {
        Instant at = fires().get(0).at();
        Walk.Found before = new Walk.Found(List.of(), found.late(), found.missed(), found.skipped());
        return new Plan(mark, before, at.minus(1, ChronoUnit.MICROS), at);
    }

    List<NominalFire> nominalFires() {
        return fires().stream().map(this::nominalFire).toList();
    }

    private NominalFire nominalFire(Occurrence occurrence) {
        long after = mark.hasBegun(occurrence.nominal()) ? mark.begun().through() : 0;
        return new NominalFire(
                mark.id(),
                occurrence.nominal(),
                occurrence.at(),
                occurrence.adjusted(),
                new NominalFire.Part(after, through));
    }

    /**
     * @param now by the database's clock, read after the mark was locked
     */
    static Plan of(Mark mark, Occurrences occurrences, Instant now, Bounds bounds) {
        if (mark.schedules() == 0) {
            return new Plan(mark, Walk.Found.NOTHING, latest(mark.firedThrough(), now), null);
        }
        if (mark.when().timetable().kind() == Timetable.Kind.DELAY) {
            return ofDelay(mark, now);
        }
        Walk walk = walk(mark, occurrences, now);
        List<Occurrence> next = occurrences.after(mark.firedThrough());
        if (isDue(next, now) && !bounds.hold(mark, next)) {
            return alone(mark, walk, bounds.some(mark, next));
        }
        while (isDue(next, now) && walk.mayGoOn(bounds.runs) && bounds.hold(mark, next)) {
            walk.visit(next);
            next = occurrences.after(next.get(0).at());
        }
        Instant firedThrough = isDue(next, now) ? walk.last() : latest(mark.firedThrough(), now);
        Instant nextDue = next.isEmpty() ? null : next.get(0).at();
        return new Plan(mark, walk.found(), firedThrough, nextDue);
    }

    /** Others are due together with these, so the mark stays where it is. */
    private static Plan alone(Mark mark, Walk walk, List<Occurrence> some) {
        walk.visit(some);
        List<Instant> nominals = some.stream().map(Occurrence::nominal).toList();
        return new Plan(mark, walk.found(), mark.firedThrough(), some.get(0).at(), Long.MAX_VALUE, nominals);
    }

    /** However late it is: the run before it has ended, and nothing else was missed. */
    private static Plan ofDelay(Mark mark, Instant now) {
        Instant firedThrough = latest(mark.firedThrough(), now);
        Instant due = mark.nextDue();
        if (due == null || due.isAfter(now)) {
            return new Plan(mark, Walk.Found.NOTHING, firedThrough, due);
        }
        Occurrence fire = new Occurrence(due, due, Adjustment.NONE, false);
        return new Plan(mark, new Walk.Found(List.of(fire), List.of(), null, null), firedThrough, null);
    }

    private static Walk walk(Mark mark, Occurrences occurrences, Instant now) {
        Instant tooLate = now.minus(LATENESS);
        boolean makesUp = mark.catching() > 0 && mark.firedThrough().isBefore(tooLate);
        Instant reach = makesUp ? mark.followers().reach(occurrences, mark.firedThrough(), now) : Instant.MAX;
        return new Walk(mark, tooLate, reach);
    }

    private static boolean isDue(List<Occurrence> next, Instant now) {
        return !next.isEmpty() && !next.get(0).at().isAfter(now);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

package io.yardmaster.trigger;

import io.yardmaster.timetable.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sorts the instants that it visits, in the order in which they are due, by what is to become of them. */
final class Walk {
    /** As many as can be counted well within the time that a transaction may take. */
    private static final int MOST_LEFT_OUT = 50_000;

    private final Mark mark;
    private final Instant tooLate;
    /** Missed instants before it are made up for nobody. */
    private final Instant reach;

    private final List<Occurrence> fires = new ArrayList<>();
    private final List<Occurrence> late = new ArrayList<>();
    private LeftOut missed;
    private LeftOut skipped;
    private Instant last;
    private boolean finishing;

    /**
     * What a walk found.
     *
     * @param fires get their runs
     * @param late are made up by the schedules that do so
     * @param missed are made up by no schedule; null if there are none
     * @param skipped are left out by the calendar; null if there are none
     */
    record Found(List<Occurrence> fires, List<Occurrence> late, LeftOut missed, LeftOut skipped) {
        static final Found NOTHING = new Found(List.of(), List.of(), null, null);

        int instants() {
            return fires.size() + late.size() + LeftOut.count(missed) + LeftOut.count(skipped);
        }

        /** Whether all that is not fired was due before that instant. */
        boolean isBefore(Instant at) {
            return Stream.of(missed, skipped)
                            .allMatch(one -> one == null || one.through().isBefore(at))
                    && late.stream().allMatch(one -> one.at().isBefore(at));
        }

        /** Whether there is more to do than to fire. */
        boolean leavesOut() {
            return missed != null || skipped != null || !late.isEmpty();
        }
    }

    Walk(Mark mark, Instant tooLate, Instant reach) {
        this.mark = mark;
        this.tooLate = tooLate;
        this.reach = reach;
    }

    /** An instant that was begun is finished by itself, so that it can be cut into parts. */
    boolean mayGoOn(int mostRuns) {
        return !finishing
                && LeftOut.count(missed) + LeftOut.count(skipped) < MOST_LEFT_OUT
                && (long) fires.size() * mark.schedules() + (long) late.size() * mark.catching() < mostRuns;
    }

    /** @param together due at the same instant */
    void visit(List<Occurrence> together) {
        last = together.get(0).at();
        together.forEach(this::visit);
    }

    private void visit(Occurrence occurrence) {
        Instant at = occurrence.at();
        finishing |= mark.hasBegun(occurrence.nominal());
        if (occurrence.skipped()) {
            skipped = LeftOut.with(skipped, at);
        } else if (!at.isBefore(tooLate) || mark.hasBegun(occurrence.nominal())) {
            fires.add(occurrence);
        } else if (at.isBefore(reach)) {
            missed = LeftOut.with(missed, at);
        } else {
            late.add(occurrence);
        }
    }

    /** The last instant visited. */
    Instant last() {
        return last;
    }

    Found found() {
        return new Found(List.copyOf(fires), List.copyOf(late), missed, skipped);
    }
}

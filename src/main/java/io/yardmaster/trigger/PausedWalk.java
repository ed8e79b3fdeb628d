package io.yardmaster.trigger;

import io.yardmaster.database.Transaction;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Goes through what came while a schedule was paused, and sorts it by what is to become of it. */
final class PausedWalk {
    /** As many as can be gone through well within the time that a transaction may take. */
    static final int MOST = 50_000;

    private final Instant reach;
    private final List<Occurrence> wanted = new ArrayList<>();
    private LeftOut paused;
    private LeftOut skipped;
    private Instant last;

    private PausedWalk(Instant reach) {
        this.reach = reach;
    }

    /**
     * @param after instants up to this one are none of ours
     * @param reach what is due at or after it is wanted
     * @param most stop when so many instants are left out
     */
    static PausedWalk of(Occurrences occurrences, Instant after, Instant through, Instant reach, int most) {
        PausedWalk walk = new PausedWalk(reach);
        List<Occurrence> next = occurrences.after(after);
        while (!next.isEmpty() && !next.get(0).at().isAfter(through)) {
            if (walk.leftOut() >= most) {
                walk.last = next.get(0).at().minusNanos(1000);
                return walk;
            }
            next.forEach(walk::visit);
            next = occurrences.after(next.get(0).at());
        }
        return walk;
    }

    private void visit(Occurrence occurrence) {
        if (occurrence.skipped()) {
            skipped = LeftOut.with(skipped, occurrence.at());
        } else if (occurrence.at().isBefore(reach)) {
            paused = LeftOut.with(paused, occurrence.at());
        } else {
            wanted.add(occurrence);
        }
    }

    List<Occurrence> wanted() {
        return wanted;
    }

    /** How many are neither wanted nor left out by the calendar. */
    int paused() {
        return LeftOut.count(paused);
    }

    int leftOut() {
        return LeftOut.count(paused) + LeftOut.count(skipped);
    }

    boolean isWhole() {
        return last == null;
    }

    /** Everything up to this instant was gone through, where that is not all. */
    Instant last() {
        return last;
    }

    /**
     * Writes to the ledger what is not wanted.
     *
     * @param calendar the name of the calendar that leaves instants out; null if there is none
     */
    void record(Transaction transaction, long schedule, String calendar) {
        FireRanges.leaveOut(transaction, entries(schedule, skipped), "SKIPPED", calendar);
        FireRanges.leaveOut(transaction, entries(schedule, paused), "PAUSED", null);
    }

    private static List<FireRanges.Entry> entries(long schedule, LeftOut leftOut) {
        return leftOut == null ? List.of() : List.of(new FireRanges.Entry(schedule, leftOut));
    }
}

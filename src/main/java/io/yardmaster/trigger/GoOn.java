package io.yardmaster.trigger;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.MadeUpFire;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.trigger.ResumedSchedules.Resumed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a schedule go on after its pause, with what was chosen for the instants that it missed. The caller has settled its
 * timetable.
 */
final class GoOn {
    private final RunQueue queue;
    private final ResumedSchedules rows;

    GoOn(RunQueue queue, ResumedSchedules rows) {
        this.queue = queue;
        this.rows = rows;
    }

    /**
     * What was done about one schedule.
     *
     * @param whole whether it goes on; else there are more instants to be gone through
     */
    record Done(int leftOut, int runs, boolean whole) {}

    /** @param most stop when so many instants are left out */
    Done take(Transaction transaction, Resumed one, Instant now, int most) {
        PausedWalk walk = one.walk(rows.occurrences(transaction, one), now, most);
        walk.record(transaction, one.schedule(), one.when().calendarName());
        int runs = makeUp(transaction, one, walk.wanted(), now);
        if (walk.isWhole()) {
            rows.goOn(transaction, one, now);
        } else {
            rows.comeThrough(transaction, one, walk.last());
        }
        return new Done(walk.leftOut(), runs, walk.isWhole());
    }

    /**
     * Before a change: what was chosen at resume is done by the old ways, although no server has come to it yet.
     *
     * @throws Conflict if that is too much for this transaction; the servers do it in parts
     */
    void beforeChange(Transaction transaction, List<Resumed> resumed, Instant now) {
        for (Resumed one : resumed) {
            if (!take(transaction, one, now, PausedInstants.MOST_LET_GO).whole()) {
                throw new Conflict("conflict.schedule.resuming", PausedInstants.MOST_LET_GO);
            }
        }
    }

    private int makeUp(Transaction transaction, Resumed one, List<Occurrence> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return 0;
        }
        Instant start = Starts.of(transaction, List.of(one.follower()), now)
                .get(one.follower().schedule());
        Duration spread = one.follower().catchUp().spread();
        List<MadeUpFire> fires = new ArrayList<>();
        for (Occurrence occurrence : wanted) {
            fires.add(new MadeUpFire(one.schedule(), occurrence.nominal(), occurrence.adjusted(), start));
            start = start.plus(spread);
        }
        int runs = queue.enqueueMadeUp(transaction, Cause.Kind.CATCH_UP, fires);
        if (runs != fires.size()) {
            throw new IllegalStateException(
                    runs + " of " + fires.size() + " runs were made up after a pause: indicates a bug");
        }
        return runs;
    }
}

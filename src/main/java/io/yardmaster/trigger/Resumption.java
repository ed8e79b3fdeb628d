package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.MadeUpFire;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.timetable.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets schedules go on whose pause has ended, some at a time, so that the end of a large or long pause is no large
 * transaction, goes on where a killed server left it, and is shared by all servers.
 */
final class Resumption {
    private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
    private static final int SCHEDULES_AT_ONCE = 50;
    private static final int RUNS_AT_ONCE = 1_000;

    private final Database database;
    private final RunQueue queue;
    private final ResumedSchedules rows = new ResumedSchedules();
    private final Fires fires;
    private final Quarantine quarantine = new Quarantine();

    Resumption(Database database, RunQueue queue) {
        this.database = database;
        this.queue = queue;
        this.fires = new Fires(queue, new Marks(), new KnownTimetables());
    }

    /** Does a bounded part of what is to be done. @return whether there may be more */
    boolean resumeSome() {
        try {
            return database.inTransaction(transaction ->
                    resume(transaction, rows.take(transaction, SCHEDULES_AT_ONCE, quarantine.members())));
        } catch (RuntimeException failure) {
            if (Passing.is(failure)) {
                throw failure;
            }
            LOG.warn("schedules could not go on after their pause; they are tried one by one", failure);
            return oneByOne();
        }
    }

    /** So that a schedule that cannot go on holds up no other, nor what is due. */
    private boolean oneByOne() {
        List<Long> timetables =
                database.inTransaction(transaction -> rows.take(transaction, SCHEDULES_AT_ONCE, quarantine.members()));
        for (long timetable : timetables) {
            try {
                database.inTransaction(transaction -> resume(transaction, List.of(timetable)));
            } catch (RuntimeException failure) {
                if (Passing.is(failure)) {
                    throw failure;
                }
                quarantine.add(timetable);
                LOG.error(
                        "schedules of timetable {} cannot go on after their pause and will be tried again in {} s",
                        timetable,
                        Quarantine.SECONDS,
                        failure);
            }
        }
        return !timetables.isEmpty();
    }

    private boolean resume(Transaction transaction, List<Long> timetables) {
        if (timetables.isEmpty()) {
            return false;
        }
        Instant now = fires.settle(transaction, timetables);
        int instants = 0;
        int runs = 0;
        for (ResumedSchedules.Resumed one : rows.read(transaction, timetables, SCHEDULES_AT_ONCE)) {
            if (instants >= PausedWalk.MOST || runs >= RUNS_AT_ONCE) {
                break;
            }
            PausedWalk walk = one.walk(rows.occurrences(transaction, one), now);
            walk.record(transaction, one.schedule(), one.when().calendarName());
            runs += makeUp(transaction, one, walk.wanted(), now);
            instants += walk.leftOut();
            if (walk.isWhole()) {
                rows.goOn(transaction, one, now);
            } else {
                rows.comeThrough(transaction, one, walk.last());
            }
        }
        fires.resume(transaction, timetables, now);
        return true;
    }

    private int makeUp(Transaction transaction, ResumedSchedules.Resumed one, List<Occurrence> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return 0;
        }
        Instant start = Starts.of(transaction, List.of(one.follower()), now)
                .get(one.follower().schedule());
        Duration spread = one.follower().catchUp().spread();
        List<MadeUpFire> made = new ArrayList<>();
        for (Occurrence occurrence : wanted) {
            made.add(new MadeUpFire(one.schedule(), occurrence.nominal(), occurrence.adjusted(), start));
            start = start.plus(spread);
        }
        List<MadeUpFire> fires = HadBefore.without(transaction, made);
        int runs = queue.enqueueMadeUp(transaction, Cause.Kind.CATCH_UP, fires);
        if (runs != fires.size()) {
            throw new IllegalStateException(
                    runs + " of " + fires.size() + " runs were made up after a pause: indicates a bug");
        }
        return runs;
    }
}

package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.database.Trouble;
import io.yardmaster.queue.RunQueue;
import java.time.Instant;
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
    private final ResumedSchedules rows;
    private final GoOn goOn;
    private final Fires fires;
    private final Quarantine quarantine = new Quarantine();

    Resumption(Database database, RunQueue queue) {
        this.database = database;
        KnownTimetables known = new KnownTimetables();
        this.rows = new ResumedSchedules(known);
        this.goOn = new GoOn(queue, rows);
        this.fires = new Fires(queue, new Marks(), known);
    }

    /** Does a bounded part of what is to be done. @return whether there may be more */
    boolean resumeSome() {
        try {
            return database.inTransaction(transaction ->
                    resume(transaction, rows.take(transaction, SCHEDULES_AT_ONCE, quarantine.members())));
        } catch (RuntimeException failure) {
            if (Trouble.isPassing(failure)) {
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
                if (Trouble.isPassing(failure)) {
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
        Instant now = fires.settle(transaction, timetables).now();
        int instants = 0;
        int runs = 0;
        for (ResumedSchedules.Resumed one : rows.read(transaction, timetables, SCHEDULES_AT_ONCE)) {
            if (instants >= PausedWalk.MOST || runs >= RUNS_AT_ONCE) {
                break;
            }
            GoOn.Done done = goOn.take(transaction, one, now, PausedWalk.MOST);
            instants += done.leftOut();
            runs += done.runs();
        }
        fires.resume(transaction, timetables, now);
        return true;
    }
}

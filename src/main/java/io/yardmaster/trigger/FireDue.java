package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.database.Trouble;
import io.yardmaster.queue.RunQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every instant that is due into its runs, once. Whoever calls it, how often, late, twice or on how many servers at
 * once makes no difference: the marks decide. Thread-safe.
 */
public final class FireDue {
    private static final Logger LOG = LoggerFactory.getLogger(FireDue.class);

    /** Runs after which a pass ends, unless one instant alone makes more; it too has a bound, by {@link Parts}. */
    private static final int RUNS_PER_PASS = 1_000;

    /** Instants, missed ones too, after which a pass ends: counting them takes time, in which marks are locked. */
    private static final int INSTANTS_PER_PASS = 50_000;

    private static final int TIMETABLES_PER_PASS = 200;

    private final Database database;
    private final RunQueue queue;
    private final Marks marks = new Marks();
    private final Fires fires;
    private final Quarantine quarantine = new Quarantine();
    private final Runnable wakeDispatch;
    private final Resumption resumption;

    /** @param wakeDispatch called after each commit that made runs; quick, and never fails */
    public FireDue(Database database, RunQueue queue, Runnable wakeDispatch) {
        this.database = database;
        this.queue = queue;
        this.fires = new Fires(queue, marks, new KnownTimetables());
        this.wakeDispatch = wakeDispatch;
        this.resumption = new Resumption(database, queue);
    }

    /** With another bound on the runs that one statement makes. */
    FireDue(Database database, RunQueue queue, Runnable wakeDispatch, int mostAtOnce) {
        this.database = database;
        this.queue = queue;
        this.fires = new Fires(queue, marks, new KnownTimetables(), mostAtOnce);
        this.wakeDispatch = wakeDispatch;
        this.resumption = new Resumption(database, queue);
    }

    /**
     * Fires until nothing is due that nobody else is firing.
     *
     * @return how many runs were made
     */
    public int fireDue() {
        int runs = fireAll();
        // what is due is not kept waiting by the end of a large pause
        while (resumption.resumeSome()) {
            wakeDispatch.run();
            runs += fireAll();
        }
        wakeDelayed();
        return runs;
    }

    private int fireAll() {
        int runs = 0;
        Pass pass;
        do {
            pass = pass();
            runs += pass.runs();
        } while (pass.timetables() > 0);
        return runs;
    }

    /** Lets runs whose start has come, moved by jitter or spread, take their place. */
    private void wakeDelayed() {
        int woken;
        do {
            woken = database.inTransaction(queue::wake);
            if (woken > 0) {
                wakeDispatch.run();
            }
        } while (woken > 0);
    }

    /** How long until the next instant or start, by the database's clock; empty if none is to come. */
    Optional<Duration> untilNext() {
        return database.inTransaction(marks::untilNext);
    }

    private Pass pass() {
        Pass pass;
        try {
            pass = database.inTransaction(transaction -> fire(transaction, TIMETABLES_PER_PASS, new Pass.Subject()));
        } catch (RuntimeException failure) {
            if (Trouble.isPassing(failure)) {
                throw failure;
            }
            LOG.warn("a pass over the due timetables failed; they are fired one by one", failure);
            return oneByOne();
        }
        if (pass.runs() > 0) {
            wakeDispatch.run();
        }
        return pass;
    }

    /** So that a timetable that cannot be fired is known, and holds up no other. */
    private Pass oneByOne() {
        int runs = 0;
        Pass pass;
        do {
            pass = one();
            runs += pass.runs();
        } while (pass.timetables() > 0);
        if (runs > 0) {
            wakeDispatch.run();
        }
        return new Pass(0, runs);
    }

    private Pass one() {
        Pass.Subject subject = new Pass.Subject();
        try {
            return database.inTransaction(transaction -> fire(transaction, 1, subject));
        } catch (RuntimeException failure) {
            if (Trouble.isPassing(failure) || !subject.known()) {
                throw failure;
            }
            quarantine.add(subject.timetable());
            LOG.error(
                    "timetable {} cannot be fired and will be tried again in {} s; its instants stay due",
                    subject.timetable(),
                    Quarantine.SECONDS,
                    failure);
            return new Pass(1, 0);
        }
    }

    private Pass fire(Transaction transaction, int limit, Pass.Subject subject) {
        List<Mark> due = marks.takeDue(transaction, limit, quarantine.members());
        Instant now = transaction.now();
        List<Plan> plans = new ArrayList<>();
        int runs = 0;
        int instants = 0;
        for (Mark mark : due) {
            if (runs >= RUNS_PER_PASS || instants >= INSTANTS_PER_PASS) {
                break;
            }
            subject.is(mark.id());
            Plan plan = fires.plan(transaction, mark, now, RUNS_PER_PASS - runs);
            plans.add(plan);
            runs += plan.runs();
            instants += plan.instants();
        }
        return plans.isEmpty() ? Pass.NOTHING : new Pass(plans.size(), fires.carryOut(transaction, plans, now));
    }
}

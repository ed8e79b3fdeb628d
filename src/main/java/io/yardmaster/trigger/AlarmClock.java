package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.LostConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quartz, clustered, with one alarm per timetable that somebody follows. It makes firing punctual on a cluster of any
 * size; nothing is lost or doubled if it is late, dead or wrong, since {@link FireDue} decides. What it lacks or has too
 * much is put right every few seconds, and what is wedged soon after, by the {@link Watchdog}.
 */
public final class AlarmClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);
    private static final int SECONDS_BETWEEN_CHECKS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private final Database database;
    private final FireDue due;
    private final String server;
    private final Duration betweenLooks;
    private final RepairCounts repaired = new RepairCounts();
    private final PatientConnections connections;
    private final AtomicBoolean waking = new AtomicBoolean();
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "yardmaster-alarms");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<String> failing = new HashSet<>();
    private Scheduler scheduler;
    private Watchdog watchdog;

    /** @param server this server's name, for people who look at Quartz's tables */
    public AlarmClock(Database database, FireDue due, String server) {
        this(database, due, server, BETWEEN_LOOKS);
    }

    /** @param betweenLooks at wedged alarms; Quartz's check-ins are twice as frequent */
    AlarmClock(Database database, FireDue due, String server, Duration betweenLooks) {
        this.database = database;
        this.due = due;
        this.server = server;
        this.betweenLooks = betweenLooks;
        this.connections = new PatientConnections(database);
    }

    /** Returns at once; if the database is away, Quartz starts when it is back. */
    @SuppressWarnings("FutureReturnValueIgnored") // check() and look() let no failure out
    public void start() {
        checks.scheduleWithFixedDelay(this::check, 0, SECONDS_BETWEEN_CHECKS, TimeUnit.SECONDS);
        long pause = betweenLooks.toMillis();
        checks.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** What this server has repaired. */
    public RepairCounts repaired() {
        return repaired;
    }

    /** Returns when no wake is at work. */
    @Override
    public void close() {
        checks.shutdown();
        connections.waitNoLonger();
        try {
            if (!checks.awaitTermination(15, TimeUnit.SECONDS)) {
                LOG.warn("the alarms are still being set while the server stops");
            }
            shutdown();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (SchedulerException failure) {
            LOG.warn("Quartz did not stop in order", failure);
        }
    }

    private interface Work {
        void on(Watchdog watchdog) throws SchedulerException;
    }

    /** Sets the alarms that are lacking and removes those that are needless. */
    void check() {
        attempt("the alarms cannot be set; schedules are fired by the reconciler meanwhile", Watchdog::settle);
    }

    /** Repairs the alarms that are wedged. */
    void look() {
        attempt("wedged alarms cannot be repaired; their schedules are fired by the reconciler", Watchdog::look);
    }

    /** Nothing that happens here ends the checks. */
    private void attempt(String otherwise, Work work) {
        try {
            work.on(watchdog());
            failing.remove(otherwise);
        } catch (SchedulerException | RuntimeException failure) {
            if (LostConnection.isBehind(failure)) {
                LOG.debug("the alarms wait for the database", failure);
            } else if (failing.add(otherwise)) {
                LOG.warn(otherwise, failure);
            }
        }
    }

    private synchronized Watchdog watchdog() throws SchedulerException {
        if (scheduler == null) {
            Scheduler made = QuartzScheduler.create(connections, server, betweenLooks.dividedBy(2));
            try {
                made.setJobFactory((bundle, quartz) -> new Wake(due, waking));
                made.start();
            } catch (SchedulerException failure) {
                made.shutdown();
                throw failure;
            }
            scheduler = made;
            watchdog = new Watchdog(database, made, repaired);
        }
        return watchdog;
    }

    private synchronized void shutdown() throws SchedulerException {
        if (scheduler != null) {
            scheduler.shutdown(true);
        }
    }
}

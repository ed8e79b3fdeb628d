package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseUnavailable;
import io.yardmaster.timetable.Timetable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quartz, clustered, with one alarm per timetable that somebody follows. It makes firing punctual on a cluster of any
 * size; nothing is lost or doubled if it is late, dead or wrong, since {@link FireDue} decides. What it lacks or has too
 * much is put right every few seconds, through Quartz's own interface.
 */
public final class AlarmClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmClock.class);
    private static final String GROUP = "timetable";
    private static final int SET_AT_ONCE = 200;
    private static final int SECONDS_BETWEEN_CHECKS = 5;

    /** Indexes {@code timetable_mark_by_next_due} and Quartz's primary key. */
    private static final String LACKING = """
            SELECT t.id, t.kind, t.expression, t.zone, t.gap, t.overlap
            FROM timetable_mark m JOIN timetable t ON t.id = m.timetable_id
            WHERE m.next_due IS NOT NULL AND NOT EXISTS (
                SELECT FROM quartz.qrtz_triggers q
                WHERE q.sched_name = :name AND q.trigger_name = CAST(m.timetable_id AS text) AND q.trigger_group = :group)
            ORDER BY m.next_due LIMIT :limit
            """;

    private static final String NEEDLESS = """
            SELECT q.trigger_name FROM quartz.qrtz_triggers q
            WHERE q.sched_name = :name AND q.trigger_group = :group AND NOT EXISTS (
                SELECT FROM timetable_mark m
                WHERE CAST(m.timetable_id AS text) = q.trigger_name AND m.next_due IS NOT NULL)
            LIMIT :limit
            """;

    private record Alarm(long id, Timetable timetable) {}

    private final Database database;
    private final FireDue due;
    private final String server;
    private final PatientConnections connections;
    private final AtomicBoolean waking = new AtomicBoolean();
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "yardmaster-alarms");
        thread.setDaemon(true);
        return thread;
    });
    private Scheduler scheduler;
    private boolean failing;

    /** @param server this server's name, for people who look at Quartz's tables */
    public AlarmClock(Database database, FireDue due, String server) {
        this.database = database;
        this.due = due;
        this.server = server;
        this.connections = new PatientConnections(database);
    }

    /** Returns at once; if the database is away, Quartz starts when it is back. */
    @SuppressWarnings("FutureReturnValueIgnored") // check() lets no failure out
    public void start() {
        checks.scheduleWithFixedDelay(this::check, 0, SECONDS_BETWEEN_CHECKS, TimeUnit.SECONDS);
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

    /** Sets the alarms that are lacking and removes those that are needless. Nothing that happens here ends the checks. */
    void check() {
        try {
            scheduler();
            while (add() == SET_AT_ONCE) {
                LOG.debug("set {} alarms", SET_AT_ONCE);
            }
            remove();
            failing = false;
        } catch (DatabaseUnavailable away) {
            LOG.debug("the alarms wait for the database", away);
        } catch (SchedulerException | RuntimeException failure) {
            if (!failing) {
                LOG.warn("the alarms cannot be set; schedules are fired by the reconciler meanwhile", failure);
            }
            failing = true;
        }
    }

    private synchronized Scheduler scheduler() throws SchedulerException {
        if (scheduler == null) {
            Scheduler made = QuartzScheduler.create(connections, server);
            try {
                made.setJobFactory((bundle, quartz) -> new Wake(due, waking));
                made.start();
            } catch (SchedulerException failure) {
                made.shutdown();
                throw failure;
            }
            scheduler = made;
        }
        return scheduler;
    }

    private synchronized void shutdown() throws SchedulerException {
        if (scheduler != null) {
            scheduler.shutdown(true);
        }
    }

    private int add() throws SchedulerException {
        List<Alarm> lacking = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(LACKING)
                .bind("name", QuartzScheduler.NAME)
                .bind("group", GROUP)
                .bind("limit", SET_AT_ONCE)
                .map((row, context) -> new Alarm(row.getLong("id"), Timetables.timetable(row)))
                .list());
        if (lacking.isEmpty()) {
            return 0;
        }
        JobDetail wake = JobBuilder.newJob(Wake.class)
                .withIdentity("wake", "yardmaster")
                .storeDurably()
                .build();
        Set<Trigger> triggers = new HashSet<>();
        for (Alarm alarm : lacking) {
            triggers.add(TriggerBuilder.newTrigger()
                    .withIdentity(Long.toString(alarm.id()), GROUP)
                    .forJob(wake)
                    .withSchedule(TimetableTrigger.builder(alarm.timetable()))
                    .build());
        }
        scheduler().scheduleJobs(Map.of(wake, triggers), true);
        return lacking.size();
    }

    private void remove() throws SchedulerException {
        List<String> needless = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(NEEDLESS)
                .bind("name", QuartzScheduler.NAME)
                .bind("group", GROUP)
                .bind("limit", SET_AT_ONCE)
                .mapTo(String.class)
                .list());
        scheduler()
                .unscheduleJobs(needless.stream()
                        .map(name -> new TriggerKey(name, GROUP))
                        .toList());
    }
}

package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.Locks;
import io.yardmaster.queue.CircularNeeds;
import io.yardmaster.queue.JobSignals;
import io.yardmaster.queue.LockClaims;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.backfill.BackfillDesk;
import io.yardmaster.web.backfill.BackfillFormPages;
import io.yardmaster.web.backfill.BackfillListPages;
import io.yardmaster.web.backfill.BackfillPages;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.lock.ConditionPages;
import io.yardmaster.web.lock.LockEditPages;
import io.yardmaster.web.lock.LockPages;
import io.yardmaster.web.lock.ReleasePages;
import io.yardmaster.web.pause.JobPausePages;
import io.yardmaster.web.pause.NamespacePausePages;
import io.yardmaster.web.pause.PauseListPages;
import io.yardmaster.web.pause.SchedulePausePages;
import io.yardmaster.web.pause.SystemPausePages;
import io.yardmaster.web.queue.QueueEditPages;
import io.yardmaster.web.queue.QueuePages;
import io.yardmaster.web.run.RunActions;
import io.yardmaster.web.schedule.PreviewPages;
import io.yardmaster.web.schedule.SchedulePages;
import java.util.List;

/** The pages of jobs, schedules and queues over a real database. */
public final class JobYard implements AutoCloseable {
    public final Database database;
    public final Queues queues = new Queues();
    public final RunQueue runQueue = new RunQueue();
    public final Schedules schedules = new Schedules(runQueue);
    public final Pauses pauses = new Pauses(runQueue);
    public final Jobs jobs = new Jobs(List.of(schedules, new LockClaims(), new JobSignals(), new CircularNeeds()));
    public final Definitions definitions = new Definitions(jobs, schedules);
    public final Backfills backfills = new Backfills(runQueue, () -> {});
    public final WebServer server;

    public JobYard(Database database) {
        this.database = database;
        BackfillDesk desk = new BackfillDesk(jobs, schedules);
        this.server = WebServer.start(
                database,
                List.of(
                        new JobListPages(database, queues),
                        new NewJobPages(database, jobs, queues, definitions),
                        new JobEditPages(database, jobs, queues, definitions),
                        new JobPages(database, jobs, queues, schedules),
                        new JobActionPages(database, jobs, schedules, new RunActions(jobs, runQueue)),
                        new JobVersionPages(database, jobs, definitions),
                        new SchedulePages(database, jobs, schedules),
                        new PreviewPages(database),
                        new BackfillFormPages(database, jobs, desk, backfills),
                        new BackfillListPages(database),
                        new BackfillPages(database, desk, backfills),
                        new PauseListPages(database),
                        new SystemPausePages(database, pauses),
                        new NamespacePausePages(database, pauses),
                        new JobPausePages(database, jobs, pauses),
                        new SchedulePausePages(database, jobs, schedules, pauses),
                        new QueuePages(database, queues),
                        new QueueEditPages(database, queues),
                        new LockPages(database, new Locks()),
                        new LockEditPages(database, new Locks()),
                        new ConditionPages(database, new Locks()),
                        new ReleasePages(database, new Locks())));
    }

    public static PostgresExtension postgres() {
        return PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);
    }

    /** A job {@code default/nightly} with one schedule, as {@code editor} makes them. */
    public void nightly(Browser editor, String schedule, String cron) {
        String[] job = {
            "namespace", "default",
            "name", "nightly",
            "queue", "default/default",
            "task.script", "true",
            "enabled", "true"
        };
        String[] when = {
            "schedule.name", schedule, "schedule.cron", cron, "schedule.zone", "UTC", "schedule.enabled", "true"
        };
        editor.post("/jobs", job);
        editor.post("/jobs/default/nightly/schedules", when);
    }

    @Override
    public void close() {
        server.close();
    }
}

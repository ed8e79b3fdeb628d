package io.yardmaster.app;

import io.yardmaster.calendar.Calendars;
import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.lock.Locks;
import io.yardmaster.node.NodeList;
import io.yardmaster.node.Nodes;
import io.yardmaster.queue.Queues;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Runs;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.audit.AuditPages;
import io.yardmaster.web.calendar.CalendarArchivePages;
import io.yardmaster.web.calendar.CalendarEditPages;
import io.yardmaster.web.calendar.CalendarImportPages;
import io.yardmaster.web.calendar.CalendarPages;
import io.yardmaster.web.dashboard.DashboardPages;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.health.ServerPages;
import io.yardmaster.web.job.JobActionPages;
import io.yardmaster.web.job.JobEditPages;
import io.yardmaster.web.job.JobListPages;
import io.yardmaster.web.job.JobPages;
import io.yardmaster.web.job.JobVersionPages;
import io.yardmaster.web.job.NewJobPages;
import io.yardmaster.web.lock.ConditionPages;
import io.yardmaster.web.lock.LockEditPages;
import io.yardmaster.web.lock.LockPages;
import io.yardmaster.web.lock.ReleasePages;
import io.yardmaster.web.node.JoinCommand;
import io.yardmaster.web.node.NodeChanges;
import io.yardmaster.web.node.NodeJoining;
import io.yardmaster.web.node.NodeLines;
import io.yardmaster.web.node.NodeListPages;
import io.yardmaster.web.node.NodePages;
import io.yardmaster.web.pause.JobPausePages;
import io.yardmaster.web.pause.NamespacePausePages;
import io.yardmaster.web.pause.PauseListPages;
import io.yardmaster.web.pause.SchedulePausePages;
import io.yardmaster.web.pause.SystemPausePages;
import io.yardmaster.web.queue.QueueEditPages;
import io.yardmaster.web.queue.QueuePages;
import io.yardmaster.web.run.OutputDownload;
import io.yardmaster.web.run.OutputLooking;
import io.yardmaster.web.run.OutputSearchPages;
import io.yardmaster.web.run.RunActions;
import io.yardmaster.web.run.RunDecisionPages;
import io.yardmaster.web.run.RunListPages;
import io.yardmaster.web.run.RunPausePages;
import io.yardmaster.web.schedule.PreviewPages;
import io.yardmaster.web.schedule.SchedulePages;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The pages of the console, but for those about accounts. */
final class PageRoutes {
    private final Database database;
    private final RunQueue queue;
    private final Jobs jobs;
    private final Schedules schedules;

    PageRoutes(Database database, RunQueue queue, Jobs jobs, Schedules schedules) {
        this.database = database;
        this.queue = queue;
        this.jobs = jobs;
        this.schedules = schedules;
    }

    /**
     * All of them.
     *
     * @param lease how long a heartbeat lasts, which is what a node's silence is measured by
     * @param joining what a person types to start a worker
     */
    List<Object> resources(Duration lease, JoinCommand joining) {
        return Stream.of(
                        definitions(),
                        calendars(),
                        pauses(),
                        runs(),
                        nodes(lease, joining),
                        List.of(new AuditPages(database)))
                .<Object>flatMap(List::stream)
                .toList();
    }

    private List<Object> definitions() {
        Queues queues = new Queues();
        Locks locks = new Locks();
        Definitions definitions = new Definitions(jobs, schedules);
        return List.of(
                new JobListPages(database, queues),
                new NewJobPages(database, jobs, queues, definitions),
                new JobEditPages(database, jobs, queues, definitions),
                new JobPages(database, jobs, queues, schedules),
                new JobActionPages(database, jobs, schedules, new RunActions(jobs, queue)),
                new JobVersionPages(database, jobs, definitions),
                new SchedulePages(database, jobs, schedules),
                new PreviewPages(database),
                new QueuePages(database, queues),
                new QueueEditPages(database, queues),
                new LockPages(database, locks),
                new LockEditPages(database, locks),
                new ConditionPages(database, locks),
                new ReleasePages(database, locks));
    }

    private List<Object> calendars() {
        Calendars calendars = new Calendars(schedules);
        return List.of(
                new CalendarPages(database, calendars),
                new CalendarEditPages(database, calendars),
                new CalendarImportPages(database, calendars),
                new CalendarArchivePages(database, calendars));
    }

    private List<Object> pauses() {
        Pauses pauses = new Pauses(queue);
        return List.of(
                new PauseListPages(database),
                new SystemPausePages(database, pauses),
                new NamespacePausePages(database, pauses),
                new JobPausePages(database, jobs, pauses),
                new SchedulePausePages(database, jobs, schedules, pauses));
    }

    private List<Object> runs() {
        RunActions actions = new RunActions(jobs, queue);
        return List.of(
                new RunListPages(database, new Runs()),
                new RunDecisionPages(database, actions),
                new RunPausePages(database, actions),
                new OutputDownload(database, actions),
                new OutputSearchPages(database, actions, new OutputLooking(database)));
    }

    private List<Object> nodes(Duration lease, JoinCommand joining) {
        NodeLines lines = new NodeLines(new NodeList(), lease);
        return List.of(
                new DashboardPages(database, new Runs(), lines),
                new NodeListPages(database, lines),
                new NodePages(database, lines, new Runs()),
                new NodeChanges(database, new Nodes()),
                new NodeJoining(database, joining),
                new ServerPages(database));
    }
}

package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobVersion;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.PauseList;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SchedulePreview;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.schedule.ListedSchedule;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** One job: what it does, when, and what came of it lately. */
@Path("/jobs/{namespace}/{name}")
@Produces(MediaType.TEXT_HTML)
public final class JobPages {
    private static final int LAST_RUNS = 10;
    private static final int LAST_VERSIONS = 20;

    private final Runs runs = new Runs();
    private final PauseList pauses = new PauseList();
    private final Database database;
    private final Jobs jobs;
    private final Queues queues;
    private final Schedules schedules;
    private final SchedulePreview preview = new SchedulePreview();

    public JobPages(Database database, Jobs jobs, Queues queues, Schedules schedules) {
        this.database = database;
        this.jobs = jobs;
        this.queues = queues;
        this.schedules = schedules;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public View show(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        return database.inTransaction(transaction -> page(transaction, caller, jobs.get(transaction, namespace, name)));
    }

    private List<ListedRun> lastRuns(Transaction transaction, Job job) {
        return runs.list(transaction, RunFilter.any().ofJob(job.id()), Long.MAX_VALUE, LAST_RUNS).stream()
                .map(ListedRun::of)
                .toList();
    }

    private Page page(Transaction transaction, Caller caller, Job job) {
        List<Schedule> own = schedules.ofJob(transaction, job.id());
        Queue queue = queues.find(transaction, job.queueId()).orElseThrow();
        List<JobVersion> versions = jobs.versions().list(transaction, job.id(), Integer.MAX_VALUE, LAST_VERSIONS + 1);
        return Page.of("job/show")
                .with("job", job)
                .with("task", JobTask.of(job))
                .with("queue", queue)
                .with("seesQueue", caller.may(Permission.VIEW, queue.namespace()))
                .with("pauses", pauses.ofJob(transaction, job.namespace(), job.id()))
                .with(
                        "jobPaused",
                        pauses.find(transaction, Pause.Scope.job(job.id())).isPresent())
                .with("ownPauses", pauses.ofSchedules(transaction, job.id()))
                .with(
                        "schedules",
                        own.stream()
                                .map(schedule -> ListedSchedule.of(transaction, schedule))
                                .toList())
                .with("fires", job.enabled() ? ListedSchedule.nextFires(transaction, preview, own) : List.of())
                .with("runs", lastRuns(transaction, job))
                .with("statistics", JobFigures.of(transaction, job.id()))
                .with("versions", versions.subList(0, Math.min(LAST_VERSIONS, versions.size())))
                .with("moreVersions", versions.size() > LAST_VERSIONS);
    }
}

package io.yardmaster.app;

import io.yardmaster.calendar.Calendars;
import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.account.TokensResource;
import io.yardmaster.web.api.OpenApiResource;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.calendar.CalendarsResource;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.DefinitionsResource;
import io.yardmaster.web.health.ServersResource;
import io.yardmaster.web.job.JobVersionsResource;
import io.yardmaster.web.job.JobsResource;
import io.yardmaster.web.lock.ConditionsResource;
import io.yardmaster.web.lock.LocksResource;
import io.yardmaster.web.node.NodesResource;
import io.yardmaster.web.pause.JobPauseResource;
import io.yardmaster.web.pause.NamespacePauseResource;
import io.yardmaster.web.pause.PausesResource;
import io.yardmaster.web.pause.SchedulePauseResource;
import io.yardmaster.web.pause.SystemPauseResource;
import io.yardmaster.web.queue.QueuesResource;
import io.yardmaster.web.run.JobRunsResource;
import io.yardmaster.web.run.OutputLooking;
import io.yardmaster.web.run.RunActions;
import io.yardmaster.web.run.RunOutputResource;
import io.yardmaster.web.run.RunPauseResource;
import io.yardmaster.web.run.RunsResource;
import io.yardmaster.web.schedule.SchedulesResource;
import java.util.List;

/** What stands below {@code /api/v1}. */
final class ApiRoutes {
    private ApiRoutes() {}

    static List<Object> resources(Database database, RunQueue queue, Jobs jobs, Schedules schedules) {
        Calendars calendars = new Calendars(schedules);
        Definitions definitions = new Definitions(jobs, schedules);
        RepeatableRequests requests = new RepeatableRequests(database);
        Pauses pauses = new Pauses(queue);
        RunActions actions = new RunActions(jobs, queue);
        return List.of(
                new OpenApiResource(),
                new DefinitionsResource(database, definitions),
                new JobsResource(database, jobs, definitions),
                new JobVersionsResource(database, jobs),
                new JobRunsResource(jobs, actions, requests),
                new RunsResource(database, jobs, actions, requests),
                new RunPauseResource(database, actions),
                new RunOutputResource(database, actions, new OutputLooking(database)),
                new QueuesResource(database, definitions),
                new LocksResource(database, definitions),
                new ConditionsResource(database),
                new CalendarsResource(database, calendars, definitions),
                new SchedulesResource(database, jobs, schedules),
                new PausesResource(database),
                new SystemPauseResource(database, pauses),
                new NamespacePauseResource(database, pauses),
                new JobPauseResource(database, jobs, pauses),
                new SchedulePauseResource(database, jobs, schedules, pauses),
                new NodesResource(database),
                new ServersResource(database),
                new TokensResource(database));
    }
}

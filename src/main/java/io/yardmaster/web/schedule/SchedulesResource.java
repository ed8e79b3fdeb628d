package io.yardmaster.web.schedule;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SchedulePreview;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.definition.CalendarName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The schedules of a job: when they fire next, and their switches. They are written as part of the job's document. */
@Path("api/v1/jobs/{namespace}/{name}/schedules")
@Produces(MediaType.APPLICATION_JSON)
public final class SchedulesResource {
    private static final int MOST_SHOWN = 100;

    private final Database database;
    private final Jobs jobs;
    private final Schedules schedules;
    private final SchedulePreview preview = new SchedulePreview();

    public SchedulesResource(Database database, Jobs jobs, Schedules schedules) {
        this.database = database;
        this.jobs = jobs;
        this.schedules = schedules;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public PageAnswer<ScheduleAnswer> list(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return database.inTransaction(transaction -> new PageAnswer<>(
                schedules
                        .ofJob(
                                transaction,
                                jobs.get(transaction, namespace, name).id())
                        .stream()
                        .map(schedule -> answer(transaction, namespace, schedule))
                        .toList(),
                null));
    }

    /** The next instants, by the function that will fire them; none while the schedule or its job is off or paused. */
    @GET
    @Path("{schedule}/preview")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public PageAnswer<Occurrence> preview(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("schedule") String schedule,
            @QueryParam("count") String count) {
        Query query = new Query();
        int shown = (int) query.number("count", count, 1, MOST_SHOWN, 10);
        query.end();
        return database.inTransaction(transaction -> {
            Schedule found = find(transaction, namespace, name, schedule);
            boolean jobOn = jobs.get(transaction, namespace, name).enabled();
            return new PageAnswer<>(jobOn ? preview.of(transaction, found, shown) : List.of(), null);
        });
    }

    @POST
    @Path("{schedule}/enable")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public ScheduleAnswer enable(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("schedule") String schedule,
            @Context Caller caller) {
        return database.inTransaction(transaction -> {
            long id = find(transaction, namespace, name, schedule).id();
            return answer(transaction, namespace, schedules.enable(transaction, id, true, caller.actor()));
        });
    }

    @POST
    @Path("{schedule}/disable")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public ScheduleAnswer disable(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("schedule") String schedule,
            @Context Caller caller) {
        return database.inTransaction(transaction -> {
            long id = find(transaction, namespace, name, schedule).id();
            return answer(transaction, namespace, schedules.enable(transaction, id, false, caller.actor()));
        });
    }

    private static ScheduleAnswer answer(Transaction transaction, String namespace, Schedule schedule) {
        return ScheduleAnswer.of(schedule, CalendarName.of(transaction, namespace, schedule.timetable()));
    }

    private Schedule find(Transaction transaction, String namespace, String name, String schedule) {
        return schedules
                .ofJob(transaction, jobs.get(transaction, namespace, name).id())
                .stream()
                .filter(found -> found.name().equals(schedule))
                .findFirst()
                .orElseThrow(() -> new Missing("schedule of that name at job " + namespace + "/" + name));
    }
}

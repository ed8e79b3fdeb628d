package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Schedules;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Pauses and resumes one schedule. */
@Path("api/v1/jobs/{namespace}/{name}/schedules")
@Produces(MediaType.APPLICATION_JSON)
public final class SchedulePauseResource {
    private final Jobs jobs;
    private final Schedules schedules;
    private final PauseCalls calls;

    public SchedulePauseResource(Database database, Jobs jobs, Schedules schedules, Pauses pauses) {
        this.jobs = jobs;
        this.schedules = schedules;
        this.calls = new PauseCalls(database, pauses);
    }

    @POST
    @Path("{schedule}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public PauseAnswer pause(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("schedule") String schedule,
            @Context Caller caller,
            byte[] body) {
        return calls.pause(transaction -> scope(transaction, namespace, name, schedule), body, caller);
    }

    @POST
    @Path("{schedule}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public PauseCalls.Resumed resume(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("schedule") String schedule,
            @Context Caller caller,
            byte[] body) {
        return calls.resume(transaction -> scope(transaction, namespace, name, schedule), body, caller);
    }

    private Pause.Scope scope(Transaction transaction, String namespace, String name, String schedule) {
        return schedules
                .ofJob(transaction, jobs.get(transaction, namespace, name).id())
                .stream()
                .filter(found -> found.name().equals(schedule))
                .findFirst()
                .map(found -> Pause.Scope.schedule(found.id()))
                .orElseThrow(() -> new Missing("schedule of that name at job " + namespace + "/" + name));
    }
}

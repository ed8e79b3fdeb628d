package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.Pauses;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Pauses and resumes the schedules of a job. */
@Path("api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobPauseResource {
    private final Jobs jobs;
    private final PauseCalls calls;

    public JobPauseResource(Database database, Jobs jobs, Pauses pauses) {
        this.jobs = jobs;
        this.calls = new PauseCalls(database, pauses);
    }

    @POST
    @Path("{namespace}/{name}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public PauseAnswer pause(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context Caller caller,
            byte[] body) {
        return calls.pause(
                transaction ->
                        Pause.Scope.job(jobs.get(transaction, namespace, name).id()),
                body,
                caller);
    }

    @POST
    @Path("{namespace}/{name}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public PauseCalls.Resumed resume(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context Caller caller,
            byte[] body) {
        return calls.resume(
                transaction ->
                        Pause.Scope.job(jobs.get(transaction, namespace, name).id()),
                body,
                caller);
    }
}

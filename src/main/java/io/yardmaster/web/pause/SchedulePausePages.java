package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** Pauses and resumes one schedule. */
@Path("/jobs/{namespace}/{name}/schedules/{id}" + PauseAct.PATH)
@Produces(MediaType.TEXT_HTML)
public final class SchedulePausePages {
    private final Jobs jobs;
    private final Schedules schedules;
    private final PauseDesk desk;

    public SchedulePausePages(Database database, Jobs jobs, Schedules schedules, Pauses pauses) {
        this.jobs = jobs;
        this.schedules = schedules;
        this.desk = new PauseDesk(database, pauses);
    }

    @GET
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View ask(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("id") String id,
            @PathParam(PauseAct.NAME) PauseAct act) {
        return desk.ask(act, transaction -> target(transaction, namespace, name, id));
    }

    @POST
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View act(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("id") String id,
            @PathParam(PauseAct.NAME) PauseAct act,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        return desk.act(act, transaction -> target(transaction, namespace, name, id), Form.of(sent), caller);
    }

    /** Of this very job, so that the namespace in the path is the one that was asked permission for. */
    private PauseTarget target(Transaction transaction, String namespace, String name, String id) {
        Job job = jobs.get(transaction, namespace, name);
        return schedules
                .find(transaction, Ids.read("schedule", id))
                .filter(schedule -> schedule.jobId() == job.id() && !schedule.archived())
                .map(schedule -> PauseTarget.of(job, schedule))
                .orElseThrow(() -> new Missing("schedule " + id + " of job " + job.fullName()));
    }
}

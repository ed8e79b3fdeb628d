package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** Pauses and resumes the schedules of a job. */
@Path("/jobs/{namespace}/{name}" + PauseAct.PATH)
@Produces(MediaType.TEXT_HTML)
public final class JobPausePages {
    private final Jobs jobs;
    private final PauseDesk desk;

    public JobPausePages(Database database, Jobs jobs, Pauses pauses) {
        this.jobs = jobs;
        this.desk = new PauseDesk(database, pauses);
    }

    @GET
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View ask(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam(PauseAct.NAME) PauseAct act) {
        return desk.ask(act, transaction -> PauseTarget.of(jobs.get(transaction, namespace, name)));
    }

    @POST
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View act(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam(PauseAct.NAME) PauseAct act,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        return desk.act(
                act, transaction -> PauseTarget.of(jobs.get(transaction, namespace, name)), Form.of(sent), caller);
    }
}

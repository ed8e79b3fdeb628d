package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.View;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** Changes to a job. */
@Path("/jobs/{namespace}/{name}/edit")
@Produces(MediaType.TEXT_HTML)
public final class JobEditPages {
    private final Jobs jobs;
    private final JobWriting writing;

    public JobEditPages(Database database, Jobs jobs, Queues queues, Definitions definitions) {
        this.jobs = jobs;
        this.writing = new JobWriting(database, jobs, queues, definitions);
    }

    @GET
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View edit(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        return writing.begin(caller, transaction -> jobs.get(transaction, namespace, name), Form.empty());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View save(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        // a job keeps its name, whatever the form says
        Form form = Form.of(sent).with("namespace", namespace).with("name", name);
        return writing.answer(caller, transaction -> jobs.get(transaction, namespace, name), form);
    }
}

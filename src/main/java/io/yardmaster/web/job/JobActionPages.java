package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.Parameters;
import io.yardmaster.queue.NewRun;
import io.yardmaster.run.Cause;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Address;
import io.yardmaster.web.form.Amounts;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import io.yardmaster.web.form.Switch;
import io.yardmaster.web.run.RunActions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;

/** What one does with a job: run it, switch it, archive it. */
@Path("/jobs/{namespace}/{name}")
@Produces(MediaType.TEXT_HTML)
public final class JobActionPages {
    private final Database database;
    private final Jobs jobs;
    private final Schedules schedules;
    private final RunActions actions;

    public JobActionPages(Database database, Jobs jobs, Schedules schedules, RunActions actions) {
        this.database = database;
        this.jobs = jobs;
        this.schedules = schedules;
        this.actions = actions;
    }

    /** The form of a run with parameters of its own, filled with the job's. */
    @GET
    @Path("run")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View askToRun(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return runPage(
                    job,
                    ParameterRows.fill(Form.empty(), job.definition().parameters())
                            .with(
                                    "priority",
                                    job.definition().rules().priority().toString()));
        });
    }

    /** Without parameters in the form, the job's own count. */
    @POST
    @Path("run")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View run(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        try {
            return database.inTransaction(transaction -> {
                Job job = jobs.get(transaction, namespace, name);
                return form.value("action").equals("rows")
                        ? runPage(job, form)
                        : started(transaction, job, form, caller);
            });
        } catch (Invalid refused) {
            return database.inTransaction(transaction ->
                    runPage(jobs.get(transaction, namespace, name), form).refused(ParameterRows.atRows(refused)));
        }
    }

    @POST
    @Path(Switch.PATH)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View turn(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam(Switch.NAME) Switch wanted,
            @Context Caller caller) {
        database.useTransaction(transaction ->
                jobs.enable(transaction, jobs.get(transaction, namespace, name).id(), wanted.isOn(), caller.actor()));
        return Redirect.to(Address.of("jobs", namespace, name).toString())
                .saying(wanted.isOn() ? "job.enabled" : "job.disabled", name);
    }

    @GET
    @Path("archive")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View askToArchive(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return database.inTransaction(
                transaction -> archivePage(transaction, jobs.get(transaction, namespace, name), Form.empty()));
    }

    @POST
    @Path("archive")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View archive(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            if (!form.text("confirm").equals(name)) {
                return archivePage(transaction, job, form)
                        .refused(new Invalid("confirm", form.text("confirm"), "invalid.confirm", name));
            }
            jobs.archive(transaction, job.id(), version(form), caller.actor());
            return Redirect.to("/jobs").saying("job.archived", job.fullName());
        });
    }

    private Redirect started(Transaction transaction, Job job, Form form, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        Map<String, String> parameters = ParameterRows.read(form, problems);
        Parameters.check("parameters", parameters, problems);
        Integer priority = Amounts.signed("priority", form.value("priority"), problems);
        problems.throwIfAny();
        NewRun wanted = new NewRun(job.id(), null, Cause.manual(caller.getName()), parameters, priority);
        long run = actions.start(transaction, job, wanted, caller);
        return Redirect.to(Address.of("runs", run).toString()).saying("job.started", job.name());
    }

    private static Page runPage(Job job, Form form) {
        return Page.of("job/run").with("job", job).with("form", form).with("rows", ParameterRows.of(form));
    }

    private Page archivePage(Transaction transaction, Job job, Form form) {
        return Page.of("job/archive")
                .with("job", job)
                .with("form", form.with("version", Integer.toString(job.version())))
                .with("schedules", schedules.ofJob(transaction, job.id()).size())
                .with("figures", JobFigures.of(transaction, job.id()));
    }

    private static int version(Form form) {
        return form.value("version").matches("[0-9]{1,9}") ? Integer.parseInt(form.value("version")) : -1;
    }
}

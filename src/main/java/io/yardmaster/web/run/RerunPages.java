package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.form.ParameterRows;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.TreeMap;

/** Runs a job again as a run of it was, or with other parameters. */
@Path("runs/{run: [0-9]{1,19}}/rerun")
public final class RerunPages {
    private static final String VERSION = "version";
    private static final String SAME = "SAME";

    private final Database database;
    private final Jobs jobs;
    private final RunActions actions;

    public RerunPages(Database database, Jobs jobs, RunActions actions) {
        this.database = database;
        this.jobs = jobs;
        this.actions = actions;
    }

    @GET
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View ask(@Context Caller caller, @PathParam("run") String id) {
        return database.inTransaction(transaction -> {
            Run run = actions.find(transaction, RunPages.number(id), Permission.OPERATE, caller);
            return page(transaction, run, ParameterRows.fill(Form.empty(), new TreeMap<>(run.parameters())));
        });
    }

    /** Without a version it is as it was, of the job as it is now: the button beside the form. */
    @POST
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View rerun(@Context Caller caller, @PathParam("run") String id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        return database.inTransaction(transaction -> {
            Run run = actions.find(transaction, RunPages.number(id), Permission.OPERATE, caller);
            if (form.value("action").equals("rows")) {
                return page(transaction, run, form);
            }
            try {
                RunActions.Again again = form.ticked(VERSION) ? again(run, form) : RunActions.Again.AS_NOW;
                long made = actions.rerun(transaction, run.id(), again, caller);
                return Redirect.to("/runs/" + made).saying("run.rerun-made", id);
            } catch (Invalid refused) {
                return page(transaction, run, form).refused(ParameterRows.atRows(refused));
            }
        });
    }

    private static RunActions.Again again(Run run, Form form) {
        Invalid.Problems problems = new Invalid.Problems();
        Map<String, String> parameters = ParameterRows.read(form, problems);
        problems.throwIfAny();
        parameters.replaceAll((name, typed) -> unflattened(run.parameters().get(name), typed));
        return new RunActions.Again(form.value(VERSION).equals(SAME), parameters);
    }

    /** A browser takes the line ends out of what it shows in one line: what else is as it was is not changed. */
    private static String unflattened(String before, String typed) {
        return before != null && before.replaceAll("[\\r\\n]", "").equals(typed) ? before : typed;
    }

    private Page page(Transaction transaction, Run run, Form form) {
        return Page.of("run/rerun")
                .with("run", run)
                .with(
                        "newest",
                        jobs.find(transaction, run.job().id())
                                .map(Job::version)
                                .orElse(run.job().version()))
                .with("form", form)
                .with("rows", ParameterRows.of(form));
    }
}

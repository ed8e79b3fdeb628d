package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.WhyWaiting;
import io.yardmaster.queue.RunAct;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

/** The page of one run. */
@Path("runs/{run: [0-9]{1,19}}")
public final class RunPages {
    private final Database database;
    private final RunActions actions;
    private final WhyWaiting whyWaiting;

    public RunPages(Database database, RunActions actions, WhyWaiting whyWaiting) {
        this.database = database;
        this.actions = actions;
        this.whyWaiting = whyWaiting;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public View show(@Context Caller caller, @PathParam("run") String id, @Context UriInfo uri) {
        return page("run/run", caller, id, uri);
    }

    /** What changes by itself on the run's page. */
    @GET
    @Path("live")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public View live(@Context Caller caller, @PathParam("run") String id) {
        return database.inTransaction(transaction -> of(transaction, "run/live", caller, id));
    }

    /** The next part of the output, for a page that follows it. */
    @GET
    @Path("output")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public View output(@Context Caller caller, @PathParam("run") String id, @Context UriInfo uri) {
        return page("run/output", caller, id, uri);
    }

    /** Asks before the end of a run is asked for, where no script can. */
    @GET
    @Path("cancel")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToCancel(@Context Caller caller, @PathParam("run") String id) {
        return database.inTransaction(transaction -> {
            Page page = of(transaction, "run/cancel", caller, id);
            caller.demand(
                    Permission.OPERATE,
                    ((RunView) page.model().get("view")).run().job().namespace());
            return page;
        });
    }

    @POST
    @Path("cancel")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View cancel(@Context Caller caller, @PathParam("run") String id) {
        String outcome = database.inTransaction(
                transaction -> actions.cancel(transaction, number(id), caller).name());
        return Redirect.to("/runs/" + id).saying("run.cancel." + outcome, id);
    }

    private View page(String template, Caller caller, String id, UriInfo uri) {
        OutputPlace place = OutputPlace.of(uri.getQueryParameters());
        return database.inTransaction(transaction -> {
            Page page = of(transaction, template, caller, id);
            RunView view = (RunView) page.model().get("view");
            return page.with("output", OutputView.of(transaction, view, place));
        });
    }

    private Page of(Transaction transaction, String template, Caller caller, String id) {
        Run run = actions.find(transaction, number(id), Permission.VIEW, caller);
        WaitingView waiting =
                whyWaiting.of(transaction, run.id()).map(WaitingView::of).orElse(null);
        RunView view = RunView.of(transaction, run, waiting, transaction.now());
        boolean mayOperate = caller.may(Permission.OPERATE, view.run().job().namespace());
        return Page.of(template)
                .with("view", view)
                .with("run", view.run())
                .with("mayOperate", mayOperate)
                .with("acts", RunAct.possible(view.run().state()));
    }

    static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException tooLarge) {
            throw new Missing("run " + id);
        }
    }
}

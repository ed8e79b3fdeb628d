package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.HandPauses.Outcome;
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

/** Pauses a run by hand, and lets it go on. */
@Path("runs/{run: [0-9]{1,19}}")
public final class RunPausePages {
    private final Database database;
    private final RunActions actions;
    private final RunPausing pausing;

    public RunPausePages(Database database, RunActions actions) {
        this.database = database;
        this.actions = actions;
        this.pausing = new RunPausing(actions);
    }

    /** Asks first, where no script can. */
    @GET
    @Path("pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToPause(@Context Caller caller, @PathParam("run") String id) {
        Run run = database.inTransaction(
                transaction -> actions.find(transaction, RunPages.number(id), Permission.OPERATE, caller));
        return Page.of("run/pause").with("run", run);
    }

    @POST
    @Path("pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View pause(@Context Caller caller, @PathParam("run") String id) {
        Outcome outcome =
                database.inTransaction(transaction -> pausing.pause(transaction, RunPages.number(id), caller));
        return Redirect.to("/runs/" + id).saying("run.pause." + outcome);
    }

    @POST
    @Path("resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View resume(@Context Caller caller, @PathParam("run") String id) {
        Outcome outcome =
                database.inTransaction(transaction -> pausing.resume(transaction, RunPages.number(id), caller));
        return Redirect.to("/runs/" + id).saying("run.resume." + outcome);
    }
}

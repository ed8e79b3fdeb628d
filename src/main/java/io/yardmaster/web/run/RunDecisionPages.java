package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.dispatch.Decisions;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Why a run went to its node. */
@Path("/runs/{run: [0-9]+}/decision")
@Produces(MediaType.TEXT_HTML)
public final class RunDecisionPages {
    private final Database database;
    private final RunActions actions;

    public RunDecisionPages(Database database, RunActions actions) {
        this.database = database;
        this.actions = actions;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public View show(@Context Caller caller, @PathParam("run") String id) {
        return database.inTransaction(transaction -> {
            Run run = actions.find(transaction, RunPages.number(id), Permission.VIEW, caller);
            return Page.of("run/decision")
                    .with("run", run)
                    .with(
                            "decision",
                            Decisions.ofRun(transaction, run.id())
                                    .orElseThrow(() -> new Missing("decision of run " + id)));
        });
    }
}

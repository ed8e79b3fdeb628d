package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Waiting;
import io.yardmaster.dispatch.WhyWaiting;
import io.yardmaster.run.Run;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Ids;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Why a run is not running yet. */
@Path("api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class WaitingResource {
    private static final Waiting NOT = new Waiting(null, List.of(), null);

    private final Database database;
    private final RunActions actions;
    private final WhyWaiting whyWaiting;

    public WaitingResource(Database database, RunActions actions, WhyWaiting whyWaiting) {
        this.database = database;
        this.actions = actions;
        this.whyWaiting = whyWaiting;
    }

    @GET
    @Path("{id}/waiting")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public WaitingAnswer get(@PathParam("id") String id, @Context Caller caller) {
        long run = Ids.read("run", id);
        return database.inTransaction(transaction -> {
            Run found = actions.find(transaction, run, Permission.VIEW, caller);
            return WaitingAnswer.of(
                    id, found.state(), whyWaiting.of(transaction, run).orElse(NOT));
        });
    }
}

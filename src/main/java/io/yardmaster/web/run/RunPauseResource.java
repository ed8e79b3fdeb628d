package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.HandPauses.Outcome;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Ids;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Pauses a run by hand, and lets it go on. */
@Path("api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class RunPauseResource {
    private final Database database;
    private final RunPausing pausing;

    public RunPauseResource(Database database, RunActions actions) {
        this.database = database;
        this.pausing = new RunPausing(actions);
    }

    /** What became of a request for a pause or its end. */
    public record PauseAnswer(String id, Outcome outcome) {}

    @POST
    @Path("{id}/pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public PauseAnswer pause(@PathParam("id") String id, @Context Caller caller) {
        long run = Ids.read("run", id);
        return new PauseAnswer(id, database.inTransaction(transaction -> pausing.pause(transaction, run, caller)));
    }

    @POST
    @Path("{id}/resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public PauseAnswer resume(@PathParam("id") String id, @Context Caller caller) {
        long run = Ids.read("run", id);
        return new PauseAnswer(id, database.inTransaction(transaction -> pausing.resume(transaction, run, caller)));
    }
}

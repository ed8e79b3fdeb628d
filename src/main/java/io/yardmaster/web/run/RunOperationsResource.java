package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.Ids;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.function.BiFunction;

/** What operators do with one run; each answers with the run as it is then. */
@Path("api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class RunOperationsResource {
    private final Database database;
    private final RunOperations operations;

    public RunOperationsResource(Database database, RunOperations operations) {
        this.database = database;
        this.operations = operations;
    }

    /** @param reason null for none */
    record HoldRequest(String reason) {}

    /** @param queue {@code namespace/name} */
    record MoveRequest(String queue) {}

    /** @param priority −50 to 50 */
    record PriorityRequest(Integer priority, String reason) {}

    /** @param state what the run is to count as */
    record ForceCloseRequest(RunState state, String reason) {}

    @POST
    @Path("{id}/hold")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public RunAnswer hold(@PathParam("id") String id, @Context Caller caller, byte[] body) {
        HoldRequest request = body.length == 0 ? new HoldRequest(null) : Json.read(body, HoldRequest.class);
        return act(id, (transaction, run) -> operations.hold(transaction, run, request.reason(), caller));
    }

    @POST
    @Path("{id}/release")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public RunAnswer release(@PathParam("id") String id, @Context Caller caller) {
        return act(id, (transaction, run) -> operations.release(transaction, run, caller));
    }

    @POST
    @Path("{id}/move")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public RunAnswer move(@PathParam("id") String id, @Context Caller caller, byte[] body) {
        MoveRequest request = Json.read(body, MoveRequest.class);
        return act(id, (transaction, run) -> operations.move(transaction, run, request.queue(), caller));
    }

    @POST
    @Path("{id}/priority")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public RunAnswer reprioritise(@PathParam("id") String id, @Context Caller caller, byte[] body) {
        PriorityRequest request = Json.read(body, PriorityRequest.class);
        return act(
                id,
                (transaction, run) ->
                        operations.reprioritise(transaction, run, request.priority(), request.reason(), caller));
    }

    @POST
    @Path("{id}/force-close")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public RunAnswer forceClose(@PathParam("id") String id, @Context Caller caller, byte[] body) {
        ForceCloseRequest request = Json.read(body, ForceCloseRequest.class);
        return act(
                id,
                (transaction, run) ->
                        operations.forceClose(transaction, run, request.state(), request.reason(), caller));
    }

    private RunAnswer act(String id, BiFunction<Transaction, Long, Run> act) {
        long run = Ids.read("run", id);
        return database.inTransaction(transaction -> RunAnswer.of(act.apply(transaction, run)));
    }
}

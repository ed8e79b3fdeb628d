package io.yardmaster.web.backfill;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.BackfillFailures;
import io.yardmaster.trigger.BackfillList;
import io.yardmaster.trigger.BackfillList.Instance;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.BiConsumer;

/** One backfill. */
@Path("api/v1/backfills")
@Produces(MediaType.APPLICATION_JSON)
public final class BackfillResource {
    private static final List<String> STATES =
            List.of("ALL", "PENDING", "STARTED", "SUCCEEDED", "FAILED", "CANCELLED", "LEFT_OUT");

    private final BackfillList list = new BackfillList();
    private final Database database;
    private final BackfillDesk desk;
    private final Backfills backfills;

    public BackfillResource(Database database, BackfillDesk desk, Backfills backfills) {
        this.database = database;
        this.desk = desk;
        this.backfills = backfills;
    }

    /**
     * @param failedAgain whether instants whose runs failed are run again
     * @param failuresSeen how many failures are let be, as the caller was told of them; null for all
     */
    record ResumeRequest(boolean failedAgain, Integer failuresSeen) {}

    /** @param runningToo whether runs that are executing are told to end, too */
    record CancelRequest(boolean runningToo) {}

    @GET
    @Path("{id}")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public BackfillAnswer get(@PathParam("id") String id, @Context Caller caller) {
        long backfill = Ids.read("backfill", id);
        return database.inTransaction(
                transaction -> BackfillAnswer.of(desk.find(transaction, backfill, Permission.VIEW, caller)));
    }

    @GET
    @Path("{id}/instants")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public PageAnswer<InstantAnswer> instants(
            @PathParam("id") String id,
            @QueryParam("state") String state,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit,
            @Context Caller caller) {
        long backfill = Ids.read("backfill", id);
        Query query = new Query();
        int rows = query.limit(limit);
        String chosen = query.choice("state", state, STATES);
        query.end();
        int after = InstantAnswer.after(cursor);
        Instance.State only = chosen.equals("ALL") ? null : Instance.State.valueOf(chosen);
        List<Instance> found = database.inTransaction(transaction -> {
            desk.find(transaction, backfill, Permission.VIEW, caller);
            return list.instants(transaction, backfill, only, after, rows + 1);
        });
        return PageAnswer.of(found, rows, InstantAnswer::of, InstantAnswer::cursor);
    }

    @POST
    @Path("{id}/pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public BackfillAnswer pause(@PathParam("id") String id, @Context Caller caller) {
        return act(id, caller, (transaction, backfill) -> backfills.pause(transaction, backfill, caller.actor()));
    }

    @POST
    @Path("{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public BackfillAnswer resume(@PathParam("id") String id, @Context Caller caller, byte[] body) {
        ResumeRequest request =
                body.length == 0 ? new ResumeRequest(false, null) : Json.read(body, ResumeRequest.class);
        BackfillFailures failures = new BackfillFailures(request.failedAgain(), request.failuresSeen());
        return act(
                id,
                caller,
                (transaction, backfill) -> backfills.resume(transaction, backfill, failures, caller.actor()));
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public BackfillAnswer cancel(@PathParam("id") String id, @Context Caller caller, byte[] body) {
        boolean runningToo =
                body.length > 0 && Json.read(body, CancelRequest.class).runningToo();
        return act(
                id,
                caller,
                (transaction, backfill) -> backfills.cancel(transaction, backfill, runningToo, caller.actor()));
    }

    private BackfillAnswer act(String id, Caller caller, BiConsumer<Transaction, Long> act) {
        long backfill = Ids.read("backfill", id);
        return database.inTransaction(transaction -> {
            desk.find(transaction, backfill, Permission.OPERATE, caller);
            act.accept(transaction, backfill);
            return BackfillAnswer.of(desk.find(transaction, backfill, Permission.OPERATE, caller));
        });
    }
}

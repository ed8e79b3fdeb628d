package io.yardmaster.web.backfill;

import io.yardmaster.database.Database;
import io.yardmaster.job.Job;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.BackfillList;
import io.yardmaster.trigger.BackfillState;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.api.RequestHeaders;
import io.yardmaster.web.definition.BackfillRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes backfills and lists them. */
@Path("api/v1/backfills")
@Produces(MediaType.APPLICATION_JSON)
public final class BackfillsResource {
    private static final String LIST = "backfills";

    private final BackfillList list = new BackfillList();
    private final Database database;
    private final BackfillDesk desk;
    private final Backfills backfills;
    private final RepeatableRequests requests;

    public BackfillsResource(Database database, BackfillDesk desk, Backfills backfills, RepeatableRequests requests) {
        this.database = database;
        this.desk = desk;
        this.backfills = backfills;
        this.requests = requests;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<BackfillAnswer> list(
            @QueryParam("namespace") String namespace,
            @QueryParam("job") String job,
            @QueryParam("state") String state,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit,
            @Context Caller caller) {
        Query query = new Query();
        int rows = query.limit(limit);
        String part = Objects.requireNonNullElse(query.text("job", job), "");
        Set<BackfillState> states = query.choices("state", state, BackfillState.class);
        query.end();
        long before = Cursor.read(LIST, cursor, Long.MAX_VALUE, key -> Long.valueOf(key.get(0)));
        BackfillList.Search search = new BackfillList.Search(Query.namespaces(caller, namespace), part, states);
        BackfillList.Found found = database.inTransaction(transaction -> list.list(transaction, search, before, rows));
        List<BackfillAnswer> items =
                found.backfills().stream().map(BackfillAnswer::of).toList();
        return new PageAnswer<>(
                items,
                found.more()
                        ? Cursor.of(LIST, List.of(items.get(items.size() - 1).id()))
                        : null);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public Response create(@Context HttpServletRequest http, @Context Caller caller, byte[] body) {
        BackfillRequest request = BackfillRequest.read(body);
        // asked for again, the answer comes from what was kept: permission is asked for each time
        database.useTransaction(transaction -> desk.job(transaction, request, caller));
        return requests.once(caller, RequestHeaders.idempotencyKey(http), "backfill " + request, transaction -> {
            Job job = desk.job(transaction, request, caller);
            long made = backfills.create(transaction, desk.draft(transaction, job, request), caller.actor());
            return BackfillAnswer.created(list.find(transaction, made).orElseThrow());
        });
    }

    /** What the same body would make; nothing is stored. */
    @POST
    @Path("preview")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public PlanAnswer preview(@Context Caller caller, byte[] body) {
        BackfillRequest request = BackfillRequest.read(body);
        return database.inTransaction(transaction -> {
            Job job = desk.job(transaction, request, caller);
            return PlanAnswer.of(backfills.plan(transaction, desk.draft(transaction, job, request)));
        });
    }
}

package io.yardmaster.web.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.BulkAct;
import io.yardmaster.queue.RunAct;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.Created;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.api.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One act on all runs that a filter finds. */
@Path("api/v1/runs/bulk")
@Produces(MediaType.APPLICATION_JSON)
public final class BulkResource {
    private final Database database;
    private final BulkDesk desk;
    private final RepeatableRequests requests;

    public BulkResource(Database database, BulkDesk desk, RepeatableRequests requests) {
        this.database = database;
        this.desk = desk;
        this.requests = requests;
    }

    /**
     * Each null for any.
     *
     * @param job {@code namespace/name}, as is {@code queue}
     */
    record Filter(
            String namespace,
            String job,
            String queue,
            String node,
            List<RunState> states,
            String cause,
            Instant since,
            Instant until) {
        private RunSearch search() {
            return new RunSearch(
                    text(job),
                    states == null
                            ? List.of()
                            : states.stream().map(String::valueOf).toList(),
                    text(queue),
                    text(node),
                    text(cause),
                    "all",
                    "",
                    "",
                    "");
        }

        private static String text(String given) {
            return Objects.requireNonNullElse(given, "");
        }
    }

    /**
     * @param to {@code namespace/name} of the queue to move to
     * @param priority −50 to 50, for the act that gives one
     * @param preview whether only to tell what would be done
     * @param through id from the preview: no run that came later is changed; null for those there are now
     */
    record BulkRequest(
            RunAct act, Filter filter, String reason, String to, Integer priority, boolean preview, String through) {}

    record PreviewAnswer(RunAct act, int changes, boolean more, List<BulkPreview.Line> states, String through) {
        private static PreviewAnswer of(BulkPreview preview) {
            return new PreviewAnswer(
                    preview.act(), preview.changes(), preview.more(), preview.lines(), Ids.written(preview.through()));
        }
    }

    /** How far one is; {@code endedAt} and {@code refused} are left out while it is under way. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BulkAnswer(
            String id,
            RunAct act,
            String filter,
            long changed,
            long passedOver,
            Instant createdAt,
            Instant endedAt,
            String stoppedBy,
            Boolean refused) {
        private static BulkAnswer of(BulkAct act) {
            BulkAct.Progress progress = act.progress();
            Optional<BulkAct.Ending> ending = Optional.ofNullable(progress.ending());
            return new BulkAnswer(
                    Ids.written(act.id()),
                    act.act(),
                    act.typed(),
                    progress.changed(),
                    progress.passedOver(),
                    progress.createdAt(),
                    ending.map(BulkAct.Ending::at).orElse(null),
                    ending.map(BulkAct.Ending::stoppedBy).orElse(null),
                    ending.map(BulkAct.Ending::refused).orElse(null));
        }
    }

    /** The act is begun, unless {@code preview} says only to tell of it. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public Response bulk(@Context HttpServletRequest http, @Context Caller caller, byte[] body) {
        BulkRequest request = Json.read(body, BulkRequest.class);
        if (request.preview()) {
            return Response.ok(PreviewAnswer.of(database.inTransaction(
                            transaction -> desk.preview(transaction, wish(transaction, request, caller), caller))))
                    .build();
        }
        return requests.once(
                caller,
                RequestHeaders.idempotencyKey(http),
                "bulk " + Json.mapper().valueToTree(request),
                transaction -> {
                    long id = desk.start(transaction, wish(transaction, request, caller), caller);
                    return new Created("/api/v1/runs/bulk/" + id, BulkAnswer.of(desk.find(transaction, id, caller)));
                });
    }

    @GET
    @Path("{id}")
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public BulkAnswer get(@PathParam("id") String id, @Context Caller caller) {
        long act = Ids.read("bulk act", id);
        return database.inTransaction(transaction -> BulkAnswer.of(desk.find(transaction, act, caller)));
    }

    @POST
    @Path("{id}/stop")
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public BulkAnswer stop(@PathParam("id") String id, @Context Caller caller) {
        long act = Ids.read("bulk act", id);
        return database.inTransaction(transaction -> {
            desk.stop(transaction, act, caller);
            return BulkAnswer.of(desk.find(transaction, act, caller));
        });
    }

    private static BulkDesk.Wish wish(Transaction transaction, BulkRequest request, Caller caller) {
        Filter given = request.filter();
        if (given == null) {
            throw new Invalid("filter", null, "invalid.bulk.filter");
        }
        Set<String> mine = caller.namespaces(Permission.OPERATE);
        boolean narrow = given.namespace() != null;
        if (narrow && !caller.may(Permission.OPERATE, given.namespace())) {
            throw new Invalid("filter.namespace", given.namespace(), "invalid.unknown");
        }
        RunSearch search = given.search();
        RunFilter filter = new RunFilterReader(transaction, caller, ZoneOffset.UTC)
                .read(search)
                .in(narrow ? Set.of(given.namespace()) : mine)
                .between(given.since(), given.until());
        String typed = search.words()
                + (narrow ? ", namespace=" + given.namespace() : "")
                + (given.since() == null ? "" : ", since=" + given.since())
                + (given.until() == null ? "" : ", until=" + given.until());
        Long through = request.through() == null ? null : (Long) Ids.read("run", request.through());
        return new BulkDesk.Wish(
                request.act(),
                filter,
                typed,
                new BulkDesk.Particulars(request.reason(), request.to(), request.priority()),
                through);
    }
}

package io.yardmaster.web.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.run.Run;
import io.yardmaster.run.Verdict;
import io.yardmaster.run.Verdicts;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.Cursor;
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
import java.time.Instant;
import java.util.List;

/** The runs of which nobody knows what became, and what somebody makes of each. */
@Path("api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class VerdictsResource {
    private static final String LIST = "undecided";

    private final Verdicts verdicts = new Verdicts();
    private final Database database;
    private final RunActions actions;
    private final RunVerdicts desk;

    public VerdictsResource(Database database, RunActions actions, RunVerdicts desk) {
        this.database = database;
        this.actions = actions;
        this.desk = desk;
    }

    /** @param reason needed unless the run is run again */
    record VerdictRequest(Verdict.Kind verdict, String reason) {}

    /** @param rerun id of the run that was made of it; left out unless it was run again */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VerdictAnswer(String run, Verdict.Kind verdict, String reason, String rerun, String by, Instant at) {
        private static VerdictAnswer of(Verdict verdict) {
            return new VerdictAnswer(
                    Ids.written(verdict.run()),
                    verdict.kind(),
                    verdict.reason(),
                    Ids.written(verdict.rerun()),
                    verdict.by(),
                    verdict.at());
        }
    }

    @GET
    @Path("undecided")
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<RunAnswer> list(
            @QueryParam("cursor") String cursor, @QueryParam("limit") String limit, @Context Caller caller) {
        Query query = new Query();
        int rows = query.limit(limit);
        query.end();
        long before = Cursor.read(LIST, cursor, Long.MAX_VALUE, key -> Long.parseLong(key.get(0)));
        List<Run> found = database.inTransaction(
                transaction -> verdicts.undecided(transaction, caller.namespaces(Permission.VIEW), before, rows + 1));
        return PageAnswer.of(found, rows, RunAnswer::of, run -> Cursor.of(LIST, List.of(Long.toString(run.id()))));
    }

    @GET
    @Path("{id}/verdict")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public VerdictAnswer get(@PathParam("id") String id, @Context Caller caller) {
        long run = Ids.read("run", id);
        return database.inTransaction(transaction -> {
            actions.find(transaction, run, Permission.VIEW, caller);
            return verdicts.find(transaction, run)
                    .map(VerdictAnswer::of)
                    .orElseThrow(() -> new Missing("verdict on run " + id));
        });
    }

    @POST
    @Path("{id}/verdict")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public VerdictAnswer decide(@PathParam("id") String id, @Context Caller caller, byte[] body) {
        long run = Ids.read("run", id);
        VerdictRequest request = Json.read(body, VerdictRequest.class);
        return database.inTransaction(transaction ->
                VerdictAnswer.of(desk.decide(transaction, run, request.verdict(), request.reason(), caller)));
    }
}

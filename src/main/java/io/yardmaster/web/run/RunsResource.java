package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.dispatch.Decisions;
import io.yardmaster.dispatch.RunDecision;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Queues;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.api.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Runs, wherever they stand. */
@Path("api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class RunsResource {
    private final Database database;
    private final Jobs jobs;
    private final RunActions actions;
    private final RepeatableRequests requests;

    private final Runs runs = new Runs();
    private final Queues queues = new Queues();

    public RunsResource(Database database, Jobs jobs, RunActions actions, RepeatableRequests requests) {
        this.database = database;
        this.jobs = jobs;
        this.actions = actions;
        this.requests = requests;
    }

    /** What became of a request for a run's end. */
    public record CancelAnswer(String id, Cancellation.Outcome outcome) {}

    /**
     * @param version which version of the job is run; null for the newest
     * @param parameters beside, or instead of, the job's own; null for those of the run
     */
    record RerunRequest(Version version, Map<String, String> parameters) {
        /** As requests name them. */
        enum Version {
            SAME,
            NEWEST
        }

        RunActions.Again again() {
            return new RunActions.Again(version == Version.SAME, parameters);
        }
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<RunAnswer> list(@BeanParam RunQuery query, @Context Caller caller) {
        int rows = query.rows();
        long before = query.before();
        List<Run> found = database.inTransaction(transaction -> {
            RunFilter filter = query.filter(transaction, caller, jobs, queues);
            return filter == null ? List.of() : runs.list(transaction, filter, before, rows + 1);
        });
        return PageAnswer.of(found, rows, RunAnswer::of, RunQuery::cursor);
    }

    @GET
    @Path("{id}")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public RunAnswer get(@PathParam("id") String id, @Context Caller caller) {
        long run = Ids.read("run", id);
        return database.inTransaction(
                transaction -> RunAnswer.of(actions.find(transaction, run, Permission.VIEW, caller)));
    }

    /** Why its last offer went where it went. */
    @GET
    @Path("{id}/decision")
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public RunDecision decision(@PathParam("id") String id, @Context Caller caller) {
        long run = Ids.read("run", id);
        return database.inTransaction(transaction -> {
            actions.find(transaction, run, Permission.VIEW, caller);
            return Decisions.ofRun(transaction, run).orElseThrow(() -> new Missing("decision of run " + id));
        });
    }

    @POST
    @Path("{id}/cancel")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public CancelAnswer cancel(@PathParam("id") String id, @Context Caller caller) {
        long run = Ids.read("run", id);
        return database.inTransaction(transaction -> new CancelAnswer(id, actions.cancel(transaction, run, caller)));
    }

    /** An empty body runs the job as it is now with the parameters of that run. */
    @POST
    @Path("{id}/rerun")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public Response rerun(
            @PathParam("id") String id, @Context HttpServletRequest http, @Context Caller caller, byte[] body) {
        long run = Ids.read("run", id);
        RunActions.Again again = body.length == 0
                ? RunActions.Again.AS_NOW
                : Json.read(body, RerunRequest.class).again();
        // asked for again, the answer comes from what was kept: permission is asked for each time
        database.useTransaction(transaction -> actions.find(transaction, run, Permission.OPERATE, caller));
        return requests.once(
                caller,
                RequestHeaders.idempotencyKey(http),
                "rerun " + run + " " + Json.mapper().valueToTree(again),
                transaction -> StartedRun.of(actions.rerun(transaction, run, again, caller)));
    }
}

package io.yardmaster.web.run;

import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.NewRun;
import io.yardmaster.run.Cause;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.api.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;

/** Starts jobs. */
@Path("api/v1/jobs/{namespace}/{name}/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobRunsResource {
    private final Jobs jobs;
    private final RunActions actions;
    private final RepeatableRequests requests;

    public JobRunsResource(Jobs jobs, RunActions actions, RepeatableRequests requests) {
        this.jobs = jobs;
        this.actions = actions;
        this.requests = requests;
    }

    /**
     * What a run is to be.
     *
     * @param parameters instead of, or beside, the job's own; null for none
     * @param priority instead of the job's; null for that
     */
    public record StartRequest(Map<String, String> parameters, Integer priority) {
        public StartRequest {
            // in one order, by which a repeated request is known
            parameters = parameters == null ? new TreeMap<>() : new TreeMap<>(parameters);
        }
    }

    /** An empty body starts the job with its own parameters. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response start(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context HttpServletRequest http,
            @Context Caller caller,
            byte[] body) {
        StartRequest wanted = body.length == 0 ? new StartRequest(null, null) : Json.read(body, StartRequest.class);
        String request = "start " + namespace + "/" + name + " " + Json.mapper().valueToTree(wanted);
        return requests.once(caller, RequestHeaders.idempotencyKey(http), request, transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            NewRun run =
                    new NewRun(job.id(), null, Cause.api(caller.getName()), wanted.parameters(), wanted.priority());
            return StartedRun.of(actions.start(transaction, job, run, caller));
        });
    }
}

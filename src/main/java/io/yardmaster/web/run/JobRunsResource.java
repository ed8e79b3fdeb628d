package io.yardmaster.web.run;

import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
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

    /** @param parameters instead of, or beside, the job's own; null for none */
    public record StartRequest(Map<String, String> parameters) {}

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
        Map<String, String> parameters = parameters(body);
        String request = "start " + namespace + "/" + name + " " + Json.mapper().valueToTree(new TreeMap<>(parameters));
        return requests.once(caller, RequestHeaders.idempotencyKey(http), request, transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return StartedRun.of(actions.start(transaction, job, Cause.api(caller.getName()), parameters, caller));
        });
    }

    private static Map<String, String> parameters(byte[] body) {
        if (body.length == 0) {
            return Map.of();
        }
        StartRequest request = Json.read(body, StartRequest.class);
        return request.parameters() == null ? Map.of() : request.parameters();
    }
}

package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobVersion;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Every version that a job ever had, newest first. */
@Path("api/v1/jobs/{namespace}/{name}/versions")
@Produces(MediaType.APPLICATION_JSON)
public final class JobVersionsResource {
    private static final String LIST = "versions";

    private final Database database;
    private final Jobs jobs;

    public JobVersionsResource(Database database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public PageAnswer<JobVersion> list(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit) {
        Query query = new Query();
        int rows = query.limit(limit);
        query.end();
        int before = Cursor.read(LIST, cursor, Integer.MAX_VALUE, key -> Integer.parseInt(key.get(0)));
        List<JobVersion> found = database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return jobs.versions().list(transaction, job.id(), before, rows + 1);
        });
        return PageAnswer.of(
                found, rows, version -> version, last -> Cursor.of(LIST, List.of(Integer.toString(last.version()))));
    }

    @GET
    @Path("{version: [0-9]+}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public JobVersion get(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("version") int version) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return jobs.versions()
                    .find(transaction, job.id(), version)
                    .orElseThrow(() -> new Missing("version " + version + " of job " + job.fullName()));
        });
    }
}

package io.yardmaster.web.job;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobVersion;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.form.Address;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What a job was before, what differs, and the way back. */
@Path("/jobs/{namespace}/{name}/versions")
@Produces(MediaType.TEXT_HTML)
public final class JobVersionPages {
    private static final int LISTED = 200;

    private final Database database;
    private final Jobs jobs;
    private final Definitions definitions;

    public JobVersionPages(Database database, Jobs jobs, Definitions definitions) {
        this.database = database;
        this.jobs = jobs;
        this.definitions = definitions;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public View list(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("before") @DefaultValue("2147483647") int before) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            List<JobVersion> found = jobs.versions().list(transaction, job.id(), before, LISTED);
            return Page.of("job/versions").with("job", job).with("versions", found);
        });
    }

    /** @param against the version to compare with; 0 for the one before */
    @GET
    @Path("{version}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public View show(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("version") int version,
            @QueryParam("against") @DefaultValue("0") int against) {
        return database.inTransaction(
                transaction -> page(transaction, jobs.get(transaction, namespace, name), version, against));
    }

    /**
     * Makes the job what it was in {@code version}, as a new version of its own.
     *
     * @param from which one is newest
     */
    @POST
    @Path("{version}/restore")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View restore(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("version") int version,
            @FormParam("from") @DefaultValue("") String from,
            @Context Caller caller) {
        try {
            database.useTransaction(transaction -> {
                Job job = jobs.get(transaction, namespace, name);
                if (!from.equals(
                        Integer.toString(jobs.locked(transaction, job.id()).version()))) {
                    throw new Conflict("conflict.job.newer", job.fullName());
                }
                definitions.apply(transaction, JobText.of(job, find(transaction, job, version)), caller);
            });
        } catch (Invalid refused) {
            return database.inTransaction(
                    transaction -> page(transaction, jobs.get(transaction, namespace, name), version, 0)
                            .refused(refused));
        }
        return Redirect.to(Address.of("jobs", namespace, name).toString()).saying("job.restored", version);
    }

    private Page page(Transaction transaction, Job job, int number, int against) {
        JobVersion version = find(transaction, job, number);
        int other = against == 0 ? Math.max(1, number - 1) : against;
        String now = JobText.yaml(JobText.of(job, version));
        String before =
                number == 1 && against == 0 ? now : JobText.yaml(JobText.of(job, find(transaction, job, other)));
        return Page.of("job/version")
                .with("job", job)
                .with("version", version)
                .with("other", other)
                .with("text", now)
                .with("lines", LineDiff.between(before, now));
    }

    private JobVersion find(Transaction transaction, Job job, int version) {
        return jobs.versions()
                .find(transaction, job.id(), version)
                .orElseThrow(() -> new Missing("version " + version + " of job " + job.fullName()));
    }
}

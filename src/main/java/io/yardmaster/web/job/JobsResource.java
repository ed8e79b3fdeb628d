package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobList;
import io.yardmaster.job.JobRow;
import io.yardmaster.job.JobSearch;
import io.yardmaster.job.Jobs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.definition.Applied;
import io.yardmaster.web.definition.Bodies;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document;
import io.yardmaster.web.definition.Document.JobDocument;
import io.yardmaster.web.definition.DocumentWriter;
import io.yardmaster.web.definition.Edit;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Jobs as documents. */
@Path("api/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobsResource {
    private final Database database;
    private final Jobs jobs;
    private final Definitions definitions;

    public JobsResource(Database database, Jobs jobs, Definitions definitions) {
        this.database = database;
        this.jobs = jobs;
        this.definitions = definitions;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<JobLine> list(@BeanParam JobQuery query, @Context Caller caller) {
        JobSearch search = query.search(caller);
        List<JobRow> rows = database.inTransaction(transaction -> new JobList().list(transaction, search));
        return PageAnswer.of(rows, search.limit() - 1, JobLine::of, query::cursor);
    }

    @GET
    @Path("{namespace}/{name}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            Map<String, Object> fields = DocumentWriter.fields(definitions.document(transaction, job));
            fields.put("status", JobStatus.of(job));
            return Response.ok(fields).tag(definitions.etag(transaction, job)).build();
        });
    }

    @GET
    @Path("{namespace}/{name}")
    @Produces(Bodies.YAML)
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response getYaml(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, namespace, name);
            return Bodies.yaml(definitions.document(transaction, job), definitions.etag(transaction, job));
        });
    }

    @PUT
    @Path("{namespace}/{name}")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response put(@BeanParam Edit edit, byte[] body) {
        Document document = edit.document(JobDocument.class, body);
        return Bodies.answer(database.inTransaction(
                transaction -> definitions.apply(transaction, document, edit.precondition(), edit.caller())));
    }

    /** Archives the job, and its schedules with it; what runs goes on to its end. */
    @DELETE
    @Path("{namespace}/{name}")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public void archive(@BeanParam Edit edit) {
        database.useTransaction(transaction -> definitions.archiveJob(transaction, edit));
    }

    @POST
    @Path("{namespace}/{name}/enable")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Applied enable(@BeanParam Edit edit) {
        return switched(edit, true);
    }

    /** Its schedules fire no more until it is enabled; by hand it can be started all the same. */
    @POST
    @Path("{namespace}/{name}/disable")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Applied disable(@BeanParam Edit edit) {
        return switched(edit, false);
    }

    private Applied switched(Edit edit, boolean enabled) {
        return database.inTransaction(transaction -> {
            Job job = jobs.get(transaction, edit.namespace(), edit.name());
            boolean changed = job.enabled() != enabled;
            Job now = jobs.enable(transaction, job.id(), enabled, edit.caller().actor());
            return Applied.of(now, Applied.Change.of(changed), definitions.etag(transaction, now));
        });
    }
}

package io.yardmaster.web.queue;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.queue.OrderPreview;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.queue.QueueRules;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.definition.Applied;
import io.yardmaster.web.definition.Bodies;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document;
import io.yardmaster.web.definition.Document.QueueDocument;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Queues as documents, and their switch. */
@Path("api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
public final class QueuesResource {
    private static final int MOST_PLACES = 1000;

    private final Database database;
    private final Queues queues = new Queues();
    private final QueueChanges changes = new QueueChanges();
    private final Definitions definitions;

    public QueuesResource(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    /** All of them in one page: there are few. */
    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<Map<String, Object>> list(@QueryParam("namespace") String namespace, @Context Caller caller) {
        Set<String> namespaces = Query.namespaces(caller, namespace);
        List<Queue> all = database.inTransaction(queues::list);
        return new PageAnswer<>(
                all.stream()
                        .filter(queue -> namespaces == null || namespaces.contains(queue.namespace()))
                        .map(QueuesResource::shown)
                        .toList(),
                null);
    }

    @GET
    @Path("{namespace}/{name}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        Queue queue = database.inTransaction(transaction -> queues.get(transaction, namespace, name));
        return Response.ok(shown(queue)).tag(definitions.etag(queue)).build();
    }

    @GET
    @Path("{namespace}/{name}")
    @Produces(Bodies.YAML)
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response getYaml(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        Queue queue = database.inTransaction(transaction -> queues.get(transaction, namespace, name));
        return Bodies.yaml(new QueueDocument(queue.draft()), definitions.etag(queue));
    }

    @PUT
    @Path("{namespace}/{name}")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response put(@BeanParam Edit edit, byte[] body) {
        Document document = edit.document(QueueDocument.class, body);
        return Bodies.answer(database.inTransaction(
                transaction -> definitions.apply(transaction, document, edit.precondition(), edit.caller())));
    }

    /** What putting this document would do to the runs that wait; changes nothing. */
    @POST
    @Path("{namespace}/{name}/preview")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public OrderChange preview(@BeanParam Edit edit, @QueryParam("limit") String limit, byte[] body) {
        Query query = new Query();
        int first = (int) query.number("limit", limit, 1, MOST_PLACES, OrderChange.FIRST);
        query.end();
        QueueDraft draft = ((QueueDocument) edit.document(QueueDocument.class, body)).draft();
        Invalid.Problems problems = new Invalid.Problems();
        QueueRules.check(draft, problems);
        problems.throwIfAny();
        return database.inTransaction(transaction -> {
            Queue queue = queues.get(transaction, edit.namespace(), edit.name());
            return OrderChange.of(OrderPreview.of(transaction, queue.id(), draft.order(), first), edit.caller());
        });
    }

    @DELETE
    @Path("{namespace}/{name}")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public void archive(@BeanParam Edit edit) {
        database.useTransaction(transaction -> definitions.archiveQueue(transaction, edit));
    }

    @POST
    @Path("{namespace}/{name}/pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Applied pause(@BeanParam Edit edit) {
        return switched(edit, true);
    }

    @POST
    @Path("{namespace}/{name}/resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Applied resume(@BeanParam Edit edit) {
        return switched(edit, false);
    }

    /** @param maxRunning null for as many runs as there are slots */
    record LimitsRequest(Integer maxRunning, Integer maxWaiting, int weight) {}

    @POST
    @Path("{namespace}/{name}/limits")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Applied limit(@BeanParam Edit edit, byte[] body) {
        LimitsRequest request = Json.read(body, LimitsRequest.class);
        return database.inTransaction(transaction -> {
            Queue queue = queues.get(transaction, edit.namespace(), edit.name());
            int before = queue.version();
            Queue now = changes.limit(
                    transaction,
                    queue.id(),
                    new QueueLimits(request.maxRunning(), request.maxWaiting(), request.weight()),
                    edit.caller().actor());
            return Applied.of(now, Applied.Change.of(now.version() != before), definitions.etag(now));
        });
    }

    private Applied switched(Edit edit, boolean paused) {
        return database.inTransaction(transaction -> {
            Queue queue = queues.get(transaction, edit.namespace(), edit.name());
            int before = queue.version();
            Queue now = paused
                    ? changes.pause(transaction, queue.id(), edit.caller().actor())
                    : changes.resume(transaction, queue.id(), edit.caller().actor());
            return Applied.of(now, Applied.Change.of(now.version() != before), definitions.etag(now));
        });
    }

    private static Map<String, Object> shown(Queue queue) {
        Map<String, Object> fields = DocumentWriter.fields(new QueueDocument(queue.draft()));
        fields.put("status", QueueStatus.of(queue));
        return fields;
    }
}

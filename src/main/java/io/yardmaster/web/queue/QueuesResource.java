package io.yardmaster.web.queue;

import io.yardmaster.database.Database;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.Queues;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.definition.Applied;
import io.yardmaster.web.definition.Bodies;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document;
import io.yardmaster.web.definition.Document.QueueDocument;
import io.yardmaster.web.definition.DocumentWriter;
import io.yardmaster.web.definition.Precondition;
import jakarta.servlet.http.HttpServletRequest;
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
        return Response.ok(DocumentWriter.yaml(List.of(new QueueDocument(queue.draft()))))
                .tag(definitions.etag(queue))
                .build();
    }

    @PUT
    @Path("{namespace}/{name}")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response put(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context HttpServletRequest request,
            @Context Caller caller,
            byte[] body) {
        Document document = Bodies.read(body, Bodies.type(request));
        Bodies.insist(document, QueueDocument.class, namespace, name);
        Precondition precondition = Bodies.precondition(request);
        return Bodies.answer(
                database.inTransaction(transaction -> definitions.apply(transaction, document, precondition, caller)));
    }

    @DELETE
    @Path("{namespace}/{name}")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public void archive(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @Context HttpServletRequest request,
            @Context Caller caller) {
        Precondition precondition = Bodies.precondition(request);
        database.useTransaction(
                transaction -> definitions.archiveQueue(transaction, namespace, name, precondition, caller));
    }

    @POST
    @Path("{namespace}/{name}/pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Applied pause(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        return switched(namespace, name, true, caller);
    }

    @POST
    @Path("{namespace}/{name}/resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public Applied resume(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        return switched(namespace, name, false, caller);
    }

    private Applied switched(String namespace, String name, boolean paused, Caller caller) {
        return database.inTransaction(transaction -> {
            Queue queue = queues.get(transaction, namespace, name);
            int before = queue.version();
            Queue now = paused
                    ? changes.pause(transaction, queue.id(), caller.actor())
                    : changes.resume(transaction, queue.id(), caller.actor());
            boolean same = now.version() == before;
            return Applied.of(now, same ? Applied.Change.UNCHANGED : Applied.Change.UPDATED, definitions.etag(now));
        });
    }

    private static Map<String, Object> shown(Queue queue) {
        Map<String, Object> fields = DocumentWriter.fields(new QueueDocument(queue.draft()));
        fields.put("status", QueueStatus.of(queue));
        return fields;
    }
}

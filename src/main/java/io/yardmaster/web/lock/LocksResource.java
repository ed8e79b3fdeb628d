package io.yardmaster.web.lock;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.ForcedRelease;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockKind;
import io.yardmaster.lock.Locks;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Json;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import io.yardmaster.web.definition.Bodies;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.Document;
import io.yardmaster.web.definition.Document.LockDocument;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/** Locks as documents, with who has them and who waits for them. */
@Path("api/v1/locks")
@Produces(MediaType.APPLICATION_JSON)
public final class LocksResource {
    private final Database database;
    private final Locks locks = new Locks();
    private final ListedLocks listed = new ListedLocks();
    private final Definitions definitions;

    public LocksResource(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    /** All of them in one page: there are few. */
    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<Map<String, Object>> list(@QueryParam("namespace") String namespace, @Context Caller caller) {
        Set<String> namespaces = Query.namespaces(caller, namespace);
        Set<String> seen = namespaces == null ? Set.of(Caller.EVERYWHERE) : namespaces;
        return database.inTransaction(transaction -> {
            Map<Long, ListedLock> lines = listed.list(transaction, seen, "", false).stream()
                    .collect(Collectors.toMap(ListedLock::id, Function.identity()));
            return new PageAnswer<>(
                    locks.list(transaction).stream()
                            .filter(lock -> lines.containsKey(lock.id()))
                            .map(lock -> shown(lock, LockStatus.of(lock, lines.get(lock.id()), null, null)))
                            .toList(),
                    null);
        });
    }

    @GET
    @Path("{namespace}/{name}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response get(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        return database.inTransaction(transaction -> {
            Lock lock = locks.get(transaction, namespace, name);
            return Response.ok(shown(lock, status(transaction, lock, caller)))
                    .tag(definitions.etag(lock))
                    .build();
        });
    }

    @GET
    @Path("{namespace}/{name}")
    @Produces(Bodies.YAML)
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response getYaml(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        Lock lock = database.inTransaction(transaction -> locks.get(transaction, namespace, name));
        return Bodies.yaml(new LockDocument(lock.draft()), definitions.etag(lock));
    }

    @PUT
    @Path("{namespace}/{name}")
    @Consumes({MediaType.APPLICATION_JSON, Bodies.YAML, "application/x-yaml", "text/yaml"})
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public Response put(@BeanParam Edit edit, byte[] body) {
        Document document = edit.document(LockDocument.class, body);
        return Bodies.answer(database.inTransaction(
                transaction -> definitions.apply(transaction, document, edit.precondition(), edit.caller())));
    }

    /** @param run its id, as text */
    record ReleaseRequest(String run, String reason) {}

    /** Takes the lock from a run that goes on; its token is burnt. */
    @POST
    @Path("{namespace}/{name}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public void release(@BeanParam Edit edit, byte[] body) {
        ReleaseRequest request = Json.read(body, ReleaseRequest.class);
        if (request.run() == null || !request.run().matches("[0-9]{1,18}")) {
            throw new Invalid("run", request.run(), "invalid.run");
        }
        String reason = request.reason() == null ? "" : request.reason().strip();
        database.useTransaction(transaction -> ForcedRelease.release(
                transaction,
                locks.get(transaction, edit.namespace(), edit.name()),
                Long.parseLong(request.run()),
                reason,
                edit.caller().actor()));
    }

    @DELETE
    @Path("{namespace}/{name}")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public void archive(@BeanParam Edit edit) {
        database.useTransaction(transaction -> definitions.archiveLock(transaction, edit));
    }

    private LockStatus status(Transaction transaction, Lock lock, Caller caller) {
        Set<String> seen = caller.namespaces(Permission.VIEW);
        ListedLock line =
                listed.find(transaction, seen, lock.id()).orElseThrow(() -> new Missing("lock " + lock.fullName()));
        List<LockUser> holders = listed.holders(transaction, seen, lock.id());
        LockStatus status = LockStatus.of(lock, line, holders, listed.waiters(transaction, seen, lock.id()));
        return lock.kind() == LockKind.CONDITION
                ? status.with(ConditionState.of(transaction, lock.id()).variables())
                : status;
    }

    private static Map<String, Object> shown(Lock lock, LockStatus status) {
        Map<String, Object> fields = DocumentWriter.fields(new LockDocument(lock.draft()));
        fields.put("status", status);
        return fields;
    }
}

package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pauses;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Pauses and resumes the schedules of a namespace. */
@Path("api/v1/namespaces/{namespace}")
@Produces(MediaType.APPLICATION_JSON)
public final class NamespacePauseResource {
    private final PauseCalls calls;

    public NamespacePauseResource(Database database, Pauses pauses) {
        this.calls = new PauseCalls(database, pauses);
    }

    @POST
    @Path("pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public PauseAnswer pause(@PathParam("namespace") String namespace, @Context Caller caller, byte[] body) {
        return calls.pause(
                transaction -> PauseTarget.namespace(transaction, namespace).scope(), body, caller);
    }

    @POST
    @Path("resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public PauseCalls.Resumed resume(@PathParam("namespace") String namespace, @Context Caller caller, byte[] body) {
        return calls.resume(
                transaction -> PauseTarget.namespace(transaction, namespace).scope(), body, caller);
    }
}

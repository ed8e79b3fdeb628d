package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pause;
import io.yardmaster.trigger.Pauses;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Pauses and resumes all schedules. */
@Path("api/v1/system")
@Produces(MediaType.APPLICATION_JSON)
public final class SystemPauseResource {
    private final PauseCalls calls;

    public SystemPauseResource(Database database, Pauses pauses) {
        this.calls = new PauseCalls(database, pauses);
    }

    @POST
    @Path("pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.EVERYWHERE)
    public PauseAnswer pause(@Context Caller caller, byte[] body) {
        return calls.pause(transaction -> Pause.Scope.SYSTEM, body, caller);
    }

    @POST
    @Path("resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.EVERYWHERE)
    public PauseCalls.Resumed resume(@Context Caller caller, byte[] body) {
        return calls.resume(transaction -> Pause.Scope.SYSTEM, body, caller);
    }
}

package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Pauses;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** Pauses and resumes all schedules. */
@Path("/system" + PauseAct.PATH)
@Produces(MediaType.TEXT_HTML)
public final class SystemPausePages {
    private final PauseDesk desk;

    public SystemPausePages(Database database, Pauses pauses) {
        this.desk = new PauseDesk(database, pauses);
    }

    @GET
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.EVERYWHERE)
    public View ask(@PathParam(PauseAct.NAME) PauseAct act) {
        return desk.ask(act, transaction -> PauseTarget.SYSTEM);
    }

    @POST
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.EVERYWHERE)
    public View act(
            @PathParam(PauseAct.NAME) PauseAct act, MultivaluedMap<String, String> sent, @Context Caller caller) {
        return desk.act(act, transaction -> PauseTarget.SYSTEM, Form.of(sent), caller);
    }
}

package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.PauseList;
import io.yardmaster.web.api.PageAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** All that is paused. */
@Path("api/v1/pauses")
@Produces(MediaType.APPLICATION_JSON)
public final class PausesResource {
    private final PauseList list = new PauseList();
    private final Database database;

    public PausesResource(Database database) {
        this.database = database;
    }

    /** All of them in one page: there are few. */
    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<PauseAnswer> list(@Context Caller caller) {
        return database.inTransaction(transaction -> new PageAnswer<>(
                PauseListPages.seen(list.all(transaction), caller).stream()
                        .map(PauseAnswer::of)
                        .toList(),
                null));
    }
}

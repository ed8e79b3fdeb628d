package io.yardmaster.web.health;

import io.yardmaster.database.Database;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /health/flow}: 200 while runs get through, 503 and the hop that failed when they do not. */
@Path("/health/flow")
public final class FlowResource {
    private final Database database;

    public FlowResource(Database database) {
        this.database = database;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public Response flow() {
        Flow flow = database.inTransaction(Flow::read);
        boolean stuck = flow.state() == Flow.State.STUCK;
        return Response.status(stuck ? Response.Status.SERVICE_UNAVAILABLE : Response.Status.OK)
                .entity(flow)
                .build();
    }
}

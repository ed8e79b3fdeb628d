package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeOnly;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** The question a worker always has open: is there anything for me? */
@Path("/agent/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
public final class PollResource {
    private final Database database;
    private final Dispatching dispatching;
    private final PollDesk desk;

    PollResource(Database database, Dispatching dispatching, PollDesk desk) {
        this.database = database;
        this.dispatching = dispatching;
        this.desk = desk;
    }

    @GET
    @Path("{session: [0-9]{1,18}}/poll")
    @NodeOnly
    public void poll(
            @PathParam("session") long session, @Context NodeCaller caller, @Suspended AsyncResponse response) {
        boolean live =
                database.inTransaction(transaction -> dispatching.leases().isLive(transaction, session, caller.node()));
        if (!live) {
            throw new SessionGone(session);
        }
        desk.hold(session, response);
    }
}

package io.yardmaster.web;

import io.yardmaster.security.NodeOnly;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.OpenToAll;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;

/** Says what was sent to it. Public, as Jakarta REST wants it. */
@Path("")
public final class Echo {
    @POST
    @Path("form/{name}")
    @OpenToAll
    public String form(@PathParam("name") String name, @QueryParam("q") String query, @FormParam("text") String text) {
        return name + "|" + query + "|" + text;
    }

    @POST
    @Path("whole")
    @OpenToAll
    public int whole(byte[] body) {
        return body.length;
    }

    @POST
    @Path("agent/whole")
    @NodeOnly
    public int ofNode(byte[] body) {
        return body.length;
    }

    @POST
    @Path("api/mine")
    @Requires(value = Permission.VIEW, on = ObjectRule.SELF)
    public int mine(byte[] body) {
        return body.length;
    }

    @POST
    @Path("agent/{session}/heartbeat")
    @NodeOnly
    public int heartbeat(byte[] body) {
        return body.length;
    }

    @POST
    @Path("later")
    @OpenToAll
    public void later(String body, @Suspended AsyncResponse response) {
        Thread thread = new Thread(() -> response.resume("later " + body));
        thread.start();
    }
}

package io.yardmaster.web.health;

import io.yardmaster.database.Database;
import io.yardmaster.security.OpenToAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes for load balancers and supervisors: a word each, no details for strangers. */
@Path("/health")
@Produces(MediaType.TEXT_PLAIN)
public final class HealthResource {
    private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

    private final Database database;

    public HealthResource(Database database) {
        this.database = database;
    }

    /** The process answers; says nothing of what it needs, so that an outage of the database restarts no server. */
    @GET
    @Path("/live")
    @OpenToAll
    public String live() {
        return "live\n";
    }

    /** 200 if this server can serve; 503 if not. The schema was checked at start, so the database must only answer. */
    @GET
    @Path("/ready")
    @OpenToAll
    public Response ready() {
        try {
            database.useTransaction(transaction -> transaction.now());
            return Response.ok("ready\n").build();
        } catch (RuntimeException failure) {
            LOG.debug("not ready", failure);
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .entity("the database does not answer\n")
                    .build();
        }
    }
}

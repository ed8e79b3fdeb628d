package io.yardmaster.web.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.database.Database;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Unaccounted;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** {@code GET /health/ledger}: 200 while every instant of the last hour is accounted for, 503 when some are not. */
@Path("/health/ledger")
public final class LedgerHealthResource {
    private final Database database;

    public LedgerHealthResource(Database database) {
        this.database = database;
    }

    /**
     * @param unaccounted instants of all schedules
     * @param checkedAt when the last check ended; absent while one is under way
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(long unaccounted, Instant checkedAt) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public Response ledger() {
        Answer answer = database.inTransaction(
                transaction -> new Answer(Unaccounted.sum(transaction), Unaccounted.checkedAt(transaction)));
        return Response.status(answer.unaccounted > 0 ? Response.Status.SERVICE_UNAVAILABLE : Response.Status.OK)
                .entity(answer)
                .build();
    }
}

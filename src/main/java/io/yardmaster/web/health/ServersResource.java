package io.yardmaster.web.health;

import io.yardmaster.database.Database;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.PageAnswer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** The servers of the cluster and how far their clocks are off the database's. */
@Path("api/v1/servers")
@Produces(MediaType.APPLICATION_JSON)
public final class ServersResource {
    private final Database database;

    public ServersResource(Database database) {
        this.database = database;
    }

    /** @param clockOffsetMillis its wall clock minus the database's */
    public record ServerAnswer(
            String id,
            String name,
            String version,
            Instant startedAt,
            Instant seenAt,
            boolean present,
            long clockOffsetMillis) {
        static ServerAnswer of(ServerLine server) {
            return new ServerAnswer(
                    Ids.written(server.id()),
                    server.name(),
                    server.version(),
                    server.startedAt(),
                    server.seenAt(),
                    server.present(),
                    server.clockOffsetMillis());
        }
    }

    /** All of them, which are few. */
    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public PageAnswer<ServerAnswer> list() {
        List<ServerLine> servers = database.inTransaction(Servers::list);
        return PageAnswer.of(servers, servers.size(), ServerAnswer::of, ServerLine::name);
    }
}

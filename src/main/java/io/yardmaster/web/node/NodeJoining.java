package io.yardmaster.web.node;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;

/** How a machine becomes a node. */
@Path("nodes/join")
public final class NodeJoining {
    private static final Duration CODE_LIFE = Duration.ofMinutes(30);

    private final Database database;
    private final JoinCommand command;

    public NodeJoining(Database database, JoinCommand command) {
        this.database = database;
        this.command = command;
    }

    @GET
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public View explain() {
        return Page.of("node/join").with("command", null).with("life", CODE_LIFE);
    }

    /** Makes a code, which this answer shows and no later one. */
    @POST
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public View makeCode(@Context Caller caller, @Context UriInfo uri) {
        URI server = URI.create(uri.getBaseUri().toString().replaceFirst("/$", ""));
        return database.inTransaction(transaction -> {
            IssuedCode issued = IssuedCode.issue(transaction, caller.actor(), CODE_LIFE);
            return Page.of("node/join")
                    .with("command", command.of(server, issued.code()))
                    .with("life", CODE_LIFE)
                    .with("until", issued.until());
        });
    }
}

package io.yardmaster.web.health;

import io.yardmaster.database.Database;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The servers, their clocks, and the alarms that they repaired. */
@Path("servers")
public final class ServerPages {
    private final Database database;

    public ServerPages(Database database) {
        this.database = database;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public View list() {
        return shown("server/list");
    }

    /** What changes alone, for a page that refreshes itself. */
    @GET
    @Path("live")
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public View live() {
        return shown("server/live");
    }

    private View shown(String template) {
        return database.inTransaction(transaction -> Page.of(template)
                .with("servers", Servers.list(transaction))
                .with("repairs", Servers.repairs(transaction)));
    }
}

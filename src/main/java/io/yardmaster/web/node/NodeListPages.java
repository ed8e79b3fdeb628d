package io.yardmaster.web.node;

import io.yardmaster.database.Database;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The list of nodes. */
@Path("nodes")
public final class NodeListPages {
    private static final int PAGE = 100;

    private final Database database;
    private final NodeLines nodes;

    public NodeListPages(Database database, NodeLines nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public View list(@QueryParam("after") @DefaultValue("") String after) {
        return listed("node/list", after);
    }

    /** The rows alone, for a page that refreshes itself. */
    @GET
    @Path("rows")
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public View rows(@QueryParam("after") @DefaultValue("") String after) {
        return listed("node/rows", after);
    }

    private View listed(String template, String after) {
        List<NodeLine> found = database.inTransaction(transaction -> nodes.list(transaction, after, PAGE + 1));
        List<NodeLine> page = found.subList(0, Math.min(PAGE, found.size()));
        return Page.of(template)
                .with("lines", page)
                .with("after", after)
                .with("next", found.size() > PAGE ? page.get(PAGE - 1).node().name() : null);
    }
}

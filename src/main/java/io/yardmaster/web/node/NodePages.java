package io.yardmaster.web.node;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.run.RunLine;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The page of one node. Of its runs only those are shown that are of the viewer's namespaces. */
@Path("nodes/{node: [0-9]{1,19}}")
public final class NodePages {
    private static final int RUNS = 20;
    private static final int SESSIONS = 10;
    private static final Set<RunState> ON_A_NODE = EnumSet.of(RunState.ASSIGNED, RunState.RUNNING, RunState.PAUSED);

    private final Database database;
    private final NodeLines nodes;
    private final Runs runs;

    public NodePages(Database database, NodeLines nodes, Runs runs) {
        this.database = database;
        this.nodes = nodes;
        this.runs = runs;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public View show(@Context Caller caller, @PathParam("node") String node) {
        return shown("node/node", caller, node);
    }

    /** What changes by itself on the page of a node. */
    @GET
    @Path("live")
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public View live(@Context Caller caller, @PathParam("node") String node) {
        return shown("node/live", caller, node);
    }

    private View shown(String template, Caller caller, String id) {
        return database.inTransaction(transaction -> {
            NodeLine line = find(transaction, id);
            RunFilter here = RunFilter.any()
                    .in(caller.namespaces(Permission.VIEW))
                    .onNode(line.node().id())
                    .inStates(ON_A_NODE);
            Instant now = transaction.now();
            List<RunLine> held = runs.list(transaction, here, Long.MAX_VALUE, RUNS).stream()
                    .map(run -> RunLine.of(run, now))
                    .toList();
            return Page.of(template)
                    .with("line", line)
                    .with("node", line.node())
                    .with("held", held)
                    .with("sessions", nodes.sessions(transaction, line.node().id(), SESSIONS));
        });
    }

    private NodeLine find(Transaction transaction, String id) {
        return nodes.find(transaction, Ids.read("node", id)).orElseThrow(() -> new Missing("node " + id));
    }
}

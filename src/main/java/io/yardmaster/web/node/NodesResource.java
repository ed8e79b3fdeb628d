package io.yardmaster.web.node;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.node.ListedNode;
import io.yardmaster.node.Node;
import io.yardmaster.node.NodeDraft;
import io.yardmaster.node.NodeList;
import io.yardmaster.node.NodeState;
import io.yardmaster.node.NodeTerms;
import io.yardmaster.node.Nodes;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The nodes, and what operators want of them. */
@Path("api/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {
    private static final String LIST = "nodes";

    private final Database database;
    private final Nodes nodes = new Nodes();
    private final NodeList list = new NodeList();

    public NodesResource(Database database) {
        this.database = database;
    }

    /** @param version that the change was made from; null for whatever is there */
    public record NodeChange(
            String name,
            String description,
            Integer slots,
            Integer weight,
            NodeState state,
            NodeTerms terms,
            Integer version) {}

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public PageAnswer<NodeAnswer> list(@QueryParam("cursor") String cursor, @QueryParam("limit") String limit) {
        Query query = new Query();
        int rows = query.limit(limit);
        query.end();
        String after = Cursor.read(LIST, cursor, "", key -> key.get(0));
        List<ListedNode> found = database.inTransaction(transaction -> list.page(transaction, after, rows + 1));
        return PageAnswer.of(found, rows, NodeAnswer::of, node -> Cursor.of(LIST, List.of(node.name())));
    }

    @GET
    @Path("{id}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NODE)
    public NodeAnswer get(@PathParam("id") String id) {
        long node = Ids.read("node", id);
        return database.inTransaction(transaction -> shown(transaction, node));
    }

    /** Changes what is given; what is left out stays as it is. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public NodeAnswer put(@PathParam("id") String id, @Context Caller caller, NodeChange change) {
        long node = Ids.read("node", id);
        return database.inTransaction(transaction -> changed(transaction, node, change, caller));
    }

    /** The node finishes what it has and gets nothing new. */
    @POST
    @Path("{id}/drain")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NODE)
    public NodeAnswer drain(@PathParam("id") String id, @Context Caller caller) {
        return become(id, NodeState.DRAINING, caller);
    }

    @POST
    @Path("{id}/resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NODE)
    public NodeAnswer resume(@PathParam("id") String id, @Context Caller caller) {
        return become(id, NodeState.ACTIVE, caller);
    }

    private NodeAnswer become(String id, NodeState state, Caller caller) {
        long node = Ids.read("node", id);
        NodeChange change = new NodeChange(null, null, null, null, state, null, null);
        return database.inTransaction(transaction -> changed(transaction, node, change, caller));
    }

    private NodeAnswer changed(Transaction transaction, long id, NodeChange change, Caller caller) {
        Node node = nodes.hold(transaction, id);
        NodeDraft draft = new NodeDraft(
                change.name() == null ? node.name() : change.name(),
                change.description() == null ? node.description() : change.description(),
                change.slots() == null ? node.slots() : change.slots(),
                change.weight() == null ? node.weight() : change.weight(),
                change.state() == null ? node.state() : change.state(),
                change.terms() == null ? node.terms() : change.terms());
        int version = change.version() == null ? node.version() : change.version();
        nodes.update(transaction, id, version, draft, caller.actor());
        return shown(transaction, id);
    }

    private NodeAnswer shown(Transaction transaction, long id) {
        return list.find(transaction, id).map(NodeAnswer::of).orElseThrow(() -> new Missing("node " + id));
    }
}

package io.yardmaster.web.node;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.node.Node;
import io.yardmaster.node.NodeState;
import io.yardmaster.node.Nodes;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;

/** What operators and administrators do to nodes. A change made from what is no longer there is refused and shown. */
@Path("nodes/{node: [0-9]{1,19}}")
public final class NodeChanges {
    private static final int CONFLICT = 409;

    private final Database database;
    private final Nodes nodes;

    public NodeChanges(Database database, Nodes nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    @GET
    @Path("edit")
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public View edit(@PathParam("node") String id) {
        return database.inTransaction(transaction -> {
            Node node = find(transaction, id);
            return form(node, NodeForm.of(node));
        });
    }

    @POST
    @Path("edit")
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public View edit(@Context Caller caller, @PathParam("node") String id, MultivaluedMap<String, String> sent) {
        Form form = Form.of(sent);
        try {
            Node changed = database.inTransaction(transaction -> nodes.update(
                    transaction,
                    Ids.read("node", id),
                    NodeForm.version(form),
                    NodeForm.draft(form, find(transaction, id).state()),
                    caller.actor()));
            return Redirect.to("/nodes/" + id).saying("node.saved", changed.name());
        } catch (Invalid wrong) {
            return again(id, form).refused(wrong);
        } catch (Conflict changedMeanwhile) {
            return again(id, form).with("conflict", changedMeanwhile.said()).status(CONFLICT);
        }
    }

    /** Drain, maintenance, activate. */
    @POST
    @Path("state")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NODE)
    public View become(
            @Context Caller caller,
            @PathParam("node") String id,
            @FormParam("state") String wanted,
            @FormParam("version") @DefaultValue("") String version) {
        NodeState state = Arrays.stream(NodeState.values())
                .filter(known -> known.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Invalid("state", wanted, "invalid.choice", "ACTIVE, DRAINING, MAINTENANCE"));
        Node changed = database.inTransaction(transaction -> {
            Node node = find(transaction, id);
            return nodes.update(
                    transaction,
                    node.id(),
                    NodeForm.number("version", version),
                    node.draft().in(state),
                    caller.actor());
        });
        return Redirect.to("/nodes/" + id).saying("node.became." + state.name(), changed.name());
    }

    @GET
    @Path("revoke")
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public View askToRevoke(@PathParam("node") String id) {
        return database.inTransaction(transaction -> revoking(find(transaction, id), ""));
    }

    /** Only with the node's name typed in: it cannot be taken back, the machine must join anew. */
    @POST
    @Path("revoke")
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public View revoke(
            @Context Caller caller, @PathParam("node") String id, @FormParam("name") @DefaultValue("") String name) {
        return database.inTransaction(transaction -> {
            Node node = find(transaction, id);
            if (!node.name().equals(name.strip())) {
                return revoking(node, name).refused(new Invalid("name", name, "invalid.confirm", node.name()));
            }
            nodes.revoke(transaction, node.id(), caller.actor());
            return Redirect.to("/nodes/" + id).saying("node.revoked", node.name());
        });
    }

    @POST
    @Path("archive")
    @Requires(value = Permission.ADMINISTER, on = ObjectRule.NODE)
    public View archive(
            @Context Caller caller,
            @PathParam("node") String id,
            @FormParam("version") @DefaultValue("") String version) {
        String name = database.inTransaction(transaction -> {
            Node node = find(transaction, id);
            nodes.archive(transaction, node.id(), NodeForm.number("version", version), caller.actor());
            return node.name();
        });
        return Redirect.to("/nodes").saying("node.archived", name);
    }

    private Page again(String id, Form form) {
        return database.inTransaction(transaction -> {
            Node node = find(transaction, id);
            return form(node, NodeForm.madeFrom(form, node));
        });
    }

    private static Page form(Node node, Form form) {
        return Page.of("node/edit")
                .with("node", node)
                .with("form", form)
                .with("fields", NodeForm.FIELDS)
                .with("stored", NodeForm.of(node));
    }

    private static Page revoking(Node node, String typed) {
        return Page.of("node/revoke").with("node", node).with("typed", typed);
    }

    private Node find(Transaction transaction, String id) {
        return nodes.find(transaction, Ids.read("node", id)).orElseThrow(() -> new Missing("node " + id));
    }
}

package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.node.NodeCredential;
import io.yardmaster.node.Nodes;
import io.yardmaster.security.NodeCredentials;
import java.util.OptionalLong;

/** Looks credentials up at every request, so that one which is taken away is worth nothing from that moment on. */
public final class NodeAuthentication implements NodeCredentials {
    private static final int LONGEST = 200;

    private final Database database;
    private final Nodes nodes;

    public NodeAuthentication(Database database, Nodes nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    @Override
    public OptionalLong node(String credential) {
        if (credential == null || credential.isEmpty() || credential.length() > LONGEST) {
            return OptionalLong.empty();
        }
        return database.inTransaction(transaction -> nodes.withCredential(transaction, new NodeCredential(credential)));
    }
}

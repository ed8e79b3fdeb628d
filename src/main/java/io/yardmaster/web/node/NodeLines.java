package io.yardmaster.web.node;

import io.yardmaster.database.Transaction;
import io.yardmaster.node.NodeList;
import io.yardmaster.node.NodeSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads nodes for pages. */
public final class NodeLines {
    private final NodeList nodes;
    private final Duration lease;

    /** @param lease how long a heartbeat lasts */
    public NodeLines(NodeList nodes, Duration lease) {
        this.nodes = nodes;
        this.lease = lease;
    }

    /** By name, after {@code after}; an empty one is before all. */
    public List<NodeLine> list(Transaction transaction, String after, int limit) {
        return nodes.page(transaction, after, limit).stream()
                .map(node -> NodeLine.of(node, lease))
                .toList();
    }

    Optional<NodeLine> find(Transaction transaction, long node) {
        return nodes.find(transaction, node).map(found -> NodeLine.of(found, lease));
    }

    List<NodeSession> sessions(Transaction transaction, long node, int limit) {
        return nodes.sessions(transaction, node, limit);
    }
}

package io.yardmaster.web;

import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeCredentials;
import jakarta.annotation.Priority;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.OptionalLong;

/** Before routes for workers. */
@Priority(Priorities.AUTHENTICATION)
final class NodeGuard implements ContainerRequestFilter {
    static final String CALLER = "yardmaster.node-caller";

    private final NodeCredentials nodes;

    NodeGuard(NodeCredentials nodes) {
        this.nodes = nodes;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(CALLER) != null) {
            // a large body was taken in for it
            return;
        }
        OptionalLong node = Bearer.of(request).map(nodes::node).orElse(OptionalLong.empty());
        if (node.isEmpty()) {
            throw new NotAuthorizedException("this route is for workers: send a node's credential", "Bearer");
        }
        request.setProperty(CALLER, new NodeCaller(node.getAsLong()));
    }
}

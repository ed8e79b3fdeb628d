package io.yardmaster.security;

import java.security.Principal;

/**
 * A worker that makes a request to a {@link NodeOnly} route; such methods take it as {@code @Context NodeCaller}.
 *
 * @param node id of the node
 */
public record NodeCaller(long node) implements Principal {
    @Override
    public String getName() {
        return "node:" + node;
    }
}

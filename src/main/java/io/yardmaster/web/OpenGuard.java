package io.yardmaster.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/**
 * Before routes that need no identity: only proof that no foreign page sent the request. A token would prove nothing
 * more, since these routes take no authority from a session.
 */
@Priority(Priorities.AUTHENTICATION)
final class OpenGuard implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (Forgery.isPossible(request)) {
            Forgery.refuseForeign(request);
        }
    }
}

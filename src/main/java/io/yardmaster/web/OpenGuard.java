package io.yardmaster.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Before routes that need no identity: only proof that no foreign page sent the request. */
@Priority(Priorities.AUTHENTICATION)
final class OpenGuard implements ContainerRequestFilter {
    private final Identification identification;

    OpenGuard(Identification identification) {
        this.identification = identification;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (Forgery.isPossible(request)) {
            Forgery.refuseForeign(request);
            Forgery.refuseWithoutToken(request, identification.of(request));
        }
    }
}

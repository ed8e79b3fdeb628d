package io.yardmaster.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Before routes that declare no rule. */
@Priority(Priorities.AUTHENTICATION)
final class ShutGuard implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        throw new ForbiddenException(
                request.getMethod().equals("OPTIONS")
                        ? "OPTIONS is not answered: /api/v1/openapi.yaml says what each address takes"
                        : "this route has no rule, so nobody may use it");
    }
}

package io.yardmaster.web;

import io.yardmaster.security.Caller;
import io.yardmaster.security.Denied;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import jakarta.annotation.Priority;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Before routes for accounts: who is it, did they mean it, and may they. */
@Priority(Priorities.AUTHENTICATION)
final class AccountGuard implements ContainerRequestFilter {
    static final String PASSED = AccountGuard.class.getName();

    private final Requires rule;
    private final Identification identification;

    AccountGuard(Requires rule, Identification identification) {
        this.rule = rule;
        this.identification = identification;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Visitor visitor = identification.of(request);
        if (!visitor.isKnown()) {
            throw new NotAuthorizedException("sign in, or send a valid API token", "Bearer");
        }
        if (Forgery.isPossible(request)) {
            Forgery.refuseForeign(request);
            Forgery.refuseWithoutToken(request, visitor);
        }
        demand(visitor.caller(), request);
        request.setProperty(PASSED, true);
    }

    private void demand(Caller caller, ContainerRequestContext request) {
        Permission permission = rule.value();
        boolean granted = switch (rule.on()) {
            case NAMESPACE_IN_PATH -> {
                String namespace = request.getUriInfo().getPathParameters().getFirst("namespace");
                caller.demand(permission, namespace);
                yield true;
            }
            case EVERYWHERE -> caller.mayEverywhere(permission);
            case NODE ->
                permission == Permission.VIEW ? caller.mayAnywhere(permission) : caller.mayEverywhere(permission);
            case ANYWHERE, LOOKED_UP -> caller.mayAnywhere(permission);
            case SELF -> true;
        };
        if (!granted) {
            throw new Denied(true);
        }
    }
}

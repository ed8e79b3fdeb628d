package io.yardmaster.web;

import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Requires;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/** Withholds the answer of a route that looked an object up and never asked whether the caller may have it. */
@Priority(Priorities.USER + 100) // response filters run from high to low: before the page is given its surroundings
final class AnswerGuard implements ContainerResponseFilter {
    private static final int FIRST_ERROR = 400;

    private final Requires rule;

    AnswerGuard(Requires rule) {
        this.rule = rule;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean answered = request.getProperty(AccountGuard.PASSED) != null && response.getStatus() < FIRST_ERROR;
        if (answered
                && rule.on() == ObjectRule.LOOKED_UP
                && !Identification.ifKnown(request).caller().hasDemanded(rule.value())) {
            throw new ForbiddenException("the route looked an object up without asking whether the caller may have it");
        }
    }
}

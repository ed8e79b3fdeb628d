package io.yardmaster.web;

import io.yardmaster.security.NodeOnly;
import io.yardmaster.security.OpenToAll;
import io.yardmaster.security.Requires;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;

/** Puts the guard before each route that the route's annotation asks for; a route without a rule is shut. */
final class RouteRules implements DynamicFeature {
    private static final String API = "api/v1/";

    private final Identification identification;
    private final io.yardmaster.security.NodeCredentials nodes;

    RouteRules(Identification identification, io.yardmaster.security.NodeCredentials nodes) {
        this.identification = identification;
        this.nodes = nodes;
    }

    @Override
    public void configure(ResourceInfo route, FeatureContext context) {
        Method method = route.getResourceMethod();
        Path path = route.getResourceClass().getAnnotation(Path.class);
        if (path != null && path.value().startsWith(API)) {
            context.register(new KnownParameters(method));
        }
        Requires rule = method.getAnnotation(Requires.class);
        if (rule != null) {
            context.register(new AccountGuard(rule, identification));
            context.register(new AnswerGuard(rule));
        } else if (method.isAnnotationPresent(NodeOnly.class)) {
            context.register(new NodeGuard(nodes));
        } else if (method.isAnnotationPresent(OpenToAll.class)) {
            context.register(new OpenGuard());
        } else {
            context.register(new ShutGuard());
        }
    }
}

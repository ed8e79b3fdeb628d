package io.yardmaster.web;

import io.yardmaster.security.NodeOnly;
import io.yardmaster.security.OpenToAll;
import io.yardmaster.security.Requires;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** All routes of a set of resources, for tests that walk them. */
public final class Routes {
    private Routes() {}

    /** @param verb GET, POST, …; null for a sub-resource locator, which nothing could guard */
    public record Route(String verb, String path, Method method) {
        public boolean hasRule() {
            return verb != null
                    && (method.isAnnotationPresent(Requires.class)
                            || method.isAnnotationPresent(NodeOnly.class)
                            || isOpen());
        }

        public boolean isOpen() {
            return method.isAnnotationPresent(OpenToAll.class);
        }

        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    public static List<Route> of(Collection<?> resources) {
        List<Route> routes = new ArrayList<>();
        for (Object resource : resources) {
            for (Method method : resource.getClass().getMethods()) {
                String verb = verb(method);
                if (verb != null || method.isAnnotationPresent(Path.class)) {
                    routes.add(new Route(verb, path(resource.getClass(), method), method));
                }
            }
        }
        return routes;
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst()
                .orElse(null);
    }

    private static String path(Class<?> resource, Method method) {
        Path below = method.getAnnotation(Path.class);
        String path = "/" + resource.getAnnotation(Path.class).value() + "/" + (below == null ? "" : below.value());
        return path.replaceAll("/+", "/").replaceAll("(.)/$", "$1");
    }
}

package io.yardmaster.web;

import io.yardmaster.database.Invalid;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses what the query of an API's address says and the route never asks: a misspelt filter would list everything. */
final class KnownParameters implements ContainerRequestFilter {
    private final Set<String> known;

    KnownParameters(Method route) {
        this.known = Arrays.stream(route.getParameters())
                .flatMap(parameter -> parameter.isAnnotationPresent(BeanParam.class)
                        ? Arrays.stream(parameter.getType().getDeclaredFields())
                        : Stream.of((AnnotatedElement) parameter))
                .filter(element -> element.isAnnotationPresent(QueryParam.class))
                .map(element -> element.getAnnotation(QueryParam.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Invalid.Problems problems = new Invalid.Problems();
        request.getUriInfo().getQueryParameters().forEach((name, values) -> check(name, values, problems));
        if (!problems.none()) {
            Invalid refused = new Invalid(problems.all());
            throw new BadRequestException(refused.getMessage(), refused);
        }
    }

    private void check(String name, List<String> values, Invalid.Problems problems) {
        String meant = known.contains(name) ? null : Nearest.to(name, known);
        if (meant != null) {
            problems.add(name, null, "invalid.query.meant", meant);
        } else if (!known.contains(name)) {
            problems.add(name, null, "invalid.query.unknown", known);
        }
        problems.check(values.stream().noneMatch(value -> value.indexOf('\0') >= 0), name, null, "invalid.unstorable");
    }
}

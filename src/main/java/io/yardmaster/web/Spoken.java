package io.yardmaster.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.RuntimeResource;

/** Names the media types of an address to whoever sent or wanted another. */
final class Spoken {
    private static final int NOT_ACCEPTABLE = 406;
    private static final int UNSUPPORTED = 415;

    private Spoken() {}

    /** {@code failure}, saying what would be right if it is about a media type. */
    static Failure named(Failure failure, ContainerRequestContext request) {
        return switch (failure.status()) {
            case NOT_ACCEPTABLE ->
                new Failure(
                        NOT_ACCEPTABLE,
                        "this address answers in none of the types that you accept; it speaks "
                                + types(request, ResourceMethod::getProducedTypes),
                        List.of());
            case UNSUPPORTED ->
                new Failure(
                        UNSUPPORTED,
                        "the body's type, " + request.getHeaderString("Content-Type")
                                + ", is not read here; right would be "
                                + types(request, ResourceMethod::getConsumedTypes),
                        List.of());
            default -> failure;
        };
    }

    private static String types(ContainerRequestContext request, Function<ResourceMethod, List<MediaType>> ofMethod) {
        List<RuntimeResource> found = ((ExtendedUriInfo) request.getUriInfo()).getMatchedRuntimeResources();
        return found.stream()
                .limit(1)
                .flatMap(resource -> resource.getResourceMethods().stream())
                .filter(method -> method.getHttpMethod().equals(request.getMethod()))
                .flatMap(method -> ofMethod.apply(method).stream())
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(" or "));
    }
}

package io.yardmaster.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** The token of {@code Authorization: Bearer}. */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    static Optional<String> of(ContainerRequestContext request) {
        String header = request.getHeaderString("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).trim())
                : Optional.empty();
    }
}

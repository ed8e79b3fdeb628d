package io.yardmaster.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/** The token of {@code Authorization: Bearer}. */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    static Optional<String> of(ContainerRequestContext request) {
        return in(request.getHeaderString("Authorization"));
    }

    /** @param header may be null */
    static Optional<String> in(String header) {
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).trim())
                : Optional.empty();
    }
}

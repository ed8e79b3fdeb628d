package io.yardmaster.web;

import jakarta.ws.rs.container.ContainerRequestContext;

/** The address that a request came from; {@link EdgeFilter} notes it, since Jakarta REST does not know it. */
public final class ClientAddress {
    static final String ATTRIBUTE = "yardmaster.client-address";

    private ClientAddress() {}

    public static String of(ContainerRequestContext request) {
        return String.valueOf(request.getProperty(ATTRIBUTE));
    }
}

package io.yardmaster.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Who is served without TLS: this machine and declared proxies, so that no credential crosses a network in the open. */
final class PlainHttp {
    private final Proxies proxies;
    private final BareAnswer refusal;

    PlainHttp(Proxies proxies, Messages messages) {
        this.proxies = proxies;
        this.refusal = new BareAnswer(HttpServletResponse.SC_FORBIDDEN, "Forbidden", "error.plain-http", messages);
    }

    /** @param request as it came, before a proxy's headers are believed */
    boolean mayServe(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        return request.isSecure()
                || proxies.include(peer)
                || IpAddress.of(peer).filter(IpAddress::isLoopback).isPresent();
    }

    void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refusal.give(request, response, request.getRemoteAddr());
    }
}

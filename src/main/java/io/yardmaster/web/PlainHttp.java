package io.yardmaster.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Who is served without TLS: this machine and declared proxies, so that no credential crosses a network in the open. */
final class PlainHttp {
    private static final String REASON = "error.plain-http";

    private final Proxies proxies;
    private final Messages messages;

    PlainHttp(Proxies proxies, Messages messages) {
        this.proxies = proxies;
        this.messages = messages;
    }

    /** @param request as it came, before a proxy's headers are believed */
    boolean mayServe(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        return request.isSecure()
                || proxies.include(peer)
                || IpAddress.of(peer).filter(IpAddress::isLoopback).isPresent();
    }

    /** In words to people, as a problem to workers and other programs. */
    void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        if (String.valueOf(request.getHeader("Accept")).contains("text/html")) {
            Language language = Language.of(null, Collections.list(request.getLocales()));
            response.setContentType("text/plain");
            response.getWriter().println(messages.say(language, REASON, request.getRemoteAddr()));
        } else {
            response.setContentType("application/problem+json");
            response.getWriter().print(Json.mapper().writeValueAsString(problem(request)));
        }
    }

    private ProblemDetails problem(HttpServletRequest request) {
        String detail = messages.say(Language.ENGLISH, REASON, request.getRemoteAddr());
        return new ProblemDetails(
                "about:blank",
                "Forbidden",
                HttpServletResponse.SC_FORBIDDEN,
                detail,
                request.getRequestURI(),
                null,
                List.of());
    }
}

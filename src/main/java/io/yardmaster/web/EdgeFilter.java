package io.yardmaster.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * The outermost of our code: gives every answer its security headers before anything else can fail, turns away whom
 * plain HTTP is not meant for, and tells the inner code who is really at the other end of a declared proxy.
 */
final class EdgeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");
    /** Not no-referrer: with that, browsers send {@code Origin: null} with our own forms. */
    private static final String REFERRER = "same-origin";

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", REFERRER,
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    private final transient Proxies proxies;
    private final transient PlainHttp plainHttp;

    EdgeFilter(Proxies proxies, Messages messages) {
        this.proxies = proxies;
        this.plainHttp = new PlainHttp(proxies, messages);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HEADERS.forEach(response::setHeader);
        if (!plainHttp.mayServe(request)) {
            plainHttp.refuse(request, response);
            return;
        }
        HttpServletRequest seen =
                proxies.include(request.getRemoteAddr()) ? new ForwardedRequest(request, proxies) : request;
        if (seen.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        seen.setAttribute(ClientAddress.ATTRIBUTE, seen.getRemoteAddr());
        chain.doFilter(seen, HangUp.noticedIn(response));
    }
}

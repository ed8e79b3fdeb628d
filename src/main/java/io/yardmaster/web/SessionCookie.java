package io.yardmaster.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.NewCookie;

/**
 * The cookie that keeps a session's secret. Under TLS its name begins with {@code __Host-}, which browsers accept only
 * from this very host and only if secure; plain HTTP on loopback cannot have that.
 */
public final class SessionCookie {
    private static final String NAME = "yardmaster";

    private SessionCookie() {}

    static String name(ContainerRequestContext request) {
        return name(request.getSecurityContext().isSecure());
    }

    static String name(boolean secure) {
        return secure ? "__Host-" + NAME : NAME;
    }

    /** The session's secret in {@code request}; null if there is none. */
    public static String of(ContainerRequestContext request) {
        var cookie = request.getCookies().get(name(request));
        return cookie == null ? null : cookie.getValue();
    }

    /** Sets the cookie; it lasts as long as the browser, the session itself ends earlier. */
    public static NewCookie with(String secret, boolean secure) {
        return base(secure).value(secret).build();
    }

    /** Removes the cookie. */
    public static NewCookie none(boolean secure) {
        return base(secure).value("").maxAge(0).build();
    }

    private static NewCookie.Builder base(boolean secure) {
        return new NewCookie.Builder(name(secure))
                .path("/")
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX);
    }
}

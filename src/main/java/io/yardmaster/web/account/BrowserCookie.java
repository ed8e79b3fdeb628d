package io.yardmaster.web.account;

import io.yardmaster.security.Browser;
import io.yardmaster.web.ClientAddress;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;

/** The cookie by which a browser is known as one that an account has signed in from; it opens nothing. */
final class BrowserCookie {
    private static final String NAME = "yardmaster-browser";
    private static final int YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

    private BrowserCookie() {}

    static Browser of(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(NAME);
        return new Browser(ClientAddress.of(request), cookie == null ? null : cookie.getValue());
    }

    static NewCookie with(String token, boolean secure) {
        return new NewCookie.Builder(NAME)
                .value(token)
                .path("/")
                .maxAge(YEAR_IN_SECONDS)
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}

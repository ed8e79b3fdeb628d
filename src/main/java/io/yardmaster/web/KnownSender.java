package io.yardmaster.web;

import io.yardmaster.database.Database;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.NodeCredentials;
import io.yardmaster.security.WebSessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether a request shows anybody's credentials. What they permit is asked later, by the route's guard. */
final class KnownSender implements Predicate<HttpServletRequest> {
    private final Database database;
    private final NodeCredentials nodes;

    KnownSender(Database database, NodeCredentials nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    @Override
    public boolean test(HttpServletRequest request) {
        Optional<String> bearer = Bearer.in(request.getHeader("Authorization"));
        return bearer.isPresent() ? isKnown(bearer.get()) : hasSession(request);
    }

    private boolean isKnown(String token) {
        return nodes.node(token).isPresent()
                || database.inTransaction(transaction -> ApiTokens.find(transaction, token))
                        .isPresent();
    }

    private boolean hasSession(HttpServletRequest request) {
        String name = SessionCookie.name(request.isSecure());
        Cookie[] cookies = request.getCookies();
        return cookies != null
                && Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .anyMatch(cookie -> database.inTransaction(
                                        transaction -> WebSessions.find(transaction, cookie.getValue(), false))
                                .isPresent());
    }
}

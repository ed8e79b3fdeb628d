package io.yardmaster.web;

import io.yardmaster.database.Database;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeCredentials;
import io.yardmaster.security.WebSessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.OptionalLong;
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
        if (BodyLimit.isAgents(Intake.path(request))) {
            return bearer.isPresent() && isNode(request, bearer.get());
        }
        return bearer.isPresent() ? isToken(bearer.get()) : hasSession(request);
    }

    /** Leaves it to the route's guard to look once more only at those who were not asked here. */
    private boolean isNode(HttpServletRequest request, String credential) {
        OptionalLong node = nodes.node(credential);
        node.ifPresent(id -> request.setAttribute(NodeGuard.CALLER, new NodeCaller(id)));
        return node.isPresent();
    }

    private boolean isToken(String token) {
        return database.inTransaction(transaction -> ApiTokens.find(transaction, token))
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

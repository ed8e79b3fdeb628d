package io.yardmaster.web;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.SignedIn;
import io.yardmaster.security.WebSessions;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import java.util.Optional;

/** Finds out who makes a request: by API token, else by the session's cookie. Asks the database once per request. */
final class Identification {
    private static final String KNOWN = Identification.class.getName();

    private final Database database;

    Identification(Database database) {
        this.database = database;
    }

    /** Asked only by routes that need it, so that health and assets answer without a database. */
    Visitor of(ContainerRequestContext request) {
        Visitor known = ifKnown(request);
        if (known == null) {
            known = look(request);
            request.setProperty(KNOWN, known);
        }
        return known;
    }

    /** Without asking the database; null if nobody has asked yet. */
    static Visitor ifKnown(ContainerRequestContext request) {
        return (Visitor) request.getProperty(KNOWN);
    }

    private Visitor look(ContainerRequestContext request) {
        Optional<String> bearer = Bearer.of(request);
        if (bearer.isPresent()) {
            return find(request, transaction -> ApiTokens.find(transaction, bearer.get()));
        }
        Cookie cookie = request.getCookies().get(SessionCookie.name(request));
        if (cookie == null) {
            return Visitor.UNKNOWN;
        }
        boolean activity = request.getHeaderString("X-Refresh") == null;
        return find(request, transaction -> WebSessions.find(transaction, cookie.getValue(), activity));
    }

    private Visitor find(
            ContainerRequestContext request, java.util.function.Function<Transaction, Optional<SignedIn>> search) {
        return database.inTransaction(search)
                .map(found -> new Visitor(
                        found.account().callerFrom(ClientAddress.of(request)),
                        found.account().preferences(),
                        found.csrfToken()))
                .orElse(Visitor.UNKNOWN);
    }
}

package io.yardmaster.web;

import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Database;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts refused attempts of known callers into the audit, a bounded number per minute and server. */
final class RefusedAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedAttempts.class);
    private static final int FORBIDDEN = 403;
    private static final int PER_MINUTE = 60;

    private final Database database;
    private final InstantSource clock;
    private long minute;
    private int noted;

    RefusedAttempts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    void note(ContainerRequestContext request, Failure failure) {
        Visitor visitor = Identification.ifKnown(request);
        if (failure.status() != FORBIDDEN || visitor == null || !visitor.isKnown() || !mayNote()) {
            return;
        }
        Actor actor = visitor.caller().actor();
        Subject route = new Subject("route", null, "/" + request.getUriInfo().getPath());
        Map<String, String> detail = Map.of("method", request.getMethod(), "reason", failure.detail());
        try {
            database.useTransaction(
                    transaction -> Audit.record(transaction, new AuditEntry(actor, "request.refused", route, detail)));
        } catch (RuntimeException lost) {
            LOG.warn("a refused attempt of {} could not be noted", actor.name(), lost);
        }
    }

    private synchronized boolean mayNote() {
        long now = clock.instant().getEpochSecond() / 60;
        if (now != minute) {
            minute = now;
            noted = 0;
        }
        noted++;
        return noted <= PER_MINUTE;
    }
}

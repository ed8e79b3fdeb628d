package io.yardmaster.web.audit;

import static io.yardmaster.security.ObjectRule.EVERYWHERE;
import static io.yardmaster.security.Permission.ADMINISTER;

import io.yardmaster.audit.AuditChain;
import io.yardmaster.audit.AuditReader;
import io.yardmaster.audit.RecordedEntry;
import io.yardmaster.database.Database;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Query;
import io.yardmaster.web.Redirect;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;

/** The audit, newest first. */
@Path("audit")
public final class AuditPages {
    private static final int PAGE_SIZE = 50;

    private final Database database;

    public AuditPages(Database database) {
        this.database = database;
    }

    @GET
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Page list(
            @QueryParam("kind") @DefaultValue("") String kind,
            @QueryParam("subject") @DefaultValue("") String subject,
            @QueryParam("actor") @DefaultValue("") String actor,
            @QueryParam("before") @DefaultValue("0") long before) {
        AuditReader.Search search = new AuditReader.Search(orNull(kind), null, orNull(subject), orNull(actor), before);
        List<RecordedEntry> found =
                database.inTransaction(transaction -> AuditReader.find(transaction, search, PAGE_SIZE + 1));
        boolean more = found.size() > PAGE_SIZE;
        List<RecordedEntry> shown = more ? found.subList(0, PAGE_SIZE) : found;
        Query query = Query.of("kind", kind).and("subject", subject).and("actor", actor);
        return Page.of("audit/list")
                .with("lines", shown.stream().map(AuditLine::of).toList())
                .with("kind", kind)
                .with("subject", subject)
                .with("actor", actor)
                .with("newest", before == 0 ? null : query.toString())
                .with(
                        "older",
                        more
                                ? query.and("before", shown.get(PAGE_SIZE - 1).id())
                                        .toString()
                                : null);
    }

    /** Recomputes the whole chain, which takes a while, so it is no GET. */
    @POST
    @Path("verify")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Redirect verify() {
        Optional<Long> broken = database.inTransaction(new AuditChain()::firstBroken);
        return broken.isEmpty()
                ? Redirect.to("/audit").saying("audit.intact")
                : Redirect.to("/audit").saying("audit.broken", broken.get());
    }

    private static String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }
}

package io.yardmaster.web.ledger;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.LedgerList;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.PageAnswer;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What was expected of each schedule, and what became of it. */
@Path("api/v1/ledger")
@Produces(MediaType.APPLICATION_JSON)
public final class LedgerResource {
    private static final String LIST = "ledger";

    private final Database database;
    private final LedgerList list;
    private final Duration kept;

    /** @param kept as for {@link LedgerPages} */
    public LedgerResource(Database database, LedgerList list, Duration kept) {
        this.database = database;
        this.list = list;
        this.kept = kept;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public PageAnswer<LedgerAnswer> list(
            @QueryParam("namespace") String namespace,
            @QueryParam("job") String job,
            @QueryParam("since") String since,
            @QueryParam("until") String until,
            @QueryParam("only") String only,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") String limit,
            @Context Caller caller) {
        Query query = new Query();
        int rows = query.limit(limit);
        String part = query.text("job", job);
        Instant from = query.instant("since", since);
        Instant through = query.instant("until", until);
        boolean unaccounted =
                query.choice("only", only, List.of("all", "unaccounted")).equals("unaccounted");
        query.end();
        LedgerList.Place place = Cursor.read(LIST, cursor, LedgerList.Place.START, LedgerResource::place);
        LedgerList.Found found = database.inTransaction(transaction -> {
            LedgerPeriod period = LedgerPeriod.of(from, through, transaction.now(), kept);
            LedgerList.Search search = new LedgerList.Search(
                    Query.namespaces(caller, namespace),
                    part == null ? "" : part,
                    unaccounted,
                    period.from(),
                    period.through());
            return list.page(transaction, search, place, rows);
        });
        return new PageAnswer<>(found.lines().stream().map(LedgerAnswer::of).toList(), cursor(found.next()));
    }

    private static String cursor(LedgerList.Place next) {
        return next == null ? null : Cursor.of(LIST, List.of(next.namespace(), next.job(), next.schedule()));
    }

    private static LedgerList.Place place(List<String> key) {
        return new LedgerList.Place(key.get(0), key.get(1), key.get(2));
    }
}

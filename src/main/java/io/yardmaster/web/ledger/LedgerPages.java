package io.yardmaster.web.ledger;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.LedgerList;
import io.yardmaster.trigger.Unaccounted;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** The accounts of all schedules. */
@Path("ledger")
public final class LedgerPages {
    private static final int LINES = 50;

    private final Database database;
    private final LedgerList list;
    private final Duration kept;

    /** @param kept how long runs stay, beyond which nothing can be accounted for */
    public LedgerPages(Database database, LedgerList list, Duration kept) {
        this.database = database;
        this.list = list;
        this.kept = kept;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View show(@Context Caller caller, @Context ZoneId zone, @Context UriInfo uri) {
        LedgerQuery query = LedgerQuery.of(uri.getQueryParameters());
        return database.inTransaction(transaction -> page(transaction, caller, zone, query));
    }

    private Page page(Transaction transaction, Caller caller, ZoneId zone, LedgerQuery query) {
        Set<String> namespaces = Query.namespaces(caller, null);
        Page page = Page.of("ledger/list")
                .with("query", query)
                .with("choices", LedgerPeriod.Choice.values())
                .with("findings", query.isFirstPage() ? Unaccounted.list(transaction, namespaces) : List.of())
                .with("checkedAt", Unaccounted.checkedAt(transaction));
        try {
            query.check();
            LedgerPeriod period = LedgerPeriod.read(query, zone, transaction.now(), kept);
            LedgerList.Search search = new LedgerList.Search(
                    namespaces, query.job(), query.onlyUnaccounted(), period.from(), period.through());
            LedgerList.Found found = list.page(transaction, search, query.place(), LINES);
            return page.with("period", period)
                    .with("lines", found.lines())
                    .with("lookedAt", found.lookedAt())
                    .with("next", found.next() == null ? null : query.from(found.next()));
        } catch (Invalid wrong) {
            return page.with("period", null)
                    .with("lines", List.of())
                    .with("lookedAt", 0)
                    .with("next", null)
                    .refused(wrong);
        }
    }
}

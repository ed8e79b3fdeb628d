package io.yardmaster.web.backfill;

import io.yardmaster.database.Database;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Backfill;
import io.yardmaster.trigger.BackfillList;
import io.yardmaster.trigger.BackfillState;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** All backfills, newest first. */
@Path("/backfills")
@Produces(MediaType.TEXT_HTML)
public final class BackfillListPages {
    private static final int PAGE = 25;

    private final BackfillList list = new BackfillList();
    private final Database database;

    public BackfillListPages(Database database) {
        this.database = database;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View show(@Context Caller caller, @Context UriInfo uri) {
        BackfillQuery query = BackfillQuery.of(uri.getQueryParameters());
        BackfillList.Search search =
                new BackfillList.Search(Query.namespaces(caller, null), query.job(), query.states());
        BackfillList.Found found =
                database.inTransaction(transaction -> list.list(transaction, search, query.beforeId(), PAGE));
        List<Backfill> shown = found.backfills();
        return Page.of("backfill/list")
                .with("query", query)
                .with("states", BackfillState.values())
                .with("backfills", shown)
                .with(
                        "next",
                        found.more() ? query.below(shown.get(shown.size() - 1).id()) : null);
    }
}

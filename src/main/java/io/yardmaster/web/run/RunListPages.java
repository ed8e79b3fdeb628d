package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The list of runs, past and present. */
@Path("runs")
public final class RunListPages {
    private static final int PAGE = 50;
    private static final int CHOICES = 500;

    private final Database database;
    private final Runs runs;

    public RunListPages(Database database, Runs runs) {
        this.database = database;
        this.runs = runs;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View list(@Context Caller caller, @Context ZoneId zone, @Context UriInfo uri) {
        return page("run/list", caller, zone, uri);
    }

    /** The rows alone, for a page that refreshes itself. */
    @GET
    @Path("rows")
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View rows(@Context Caller caller, @Context ZoneId zone, @Context UriInfo uri) {
        return page("run/rows", caller, zone, uri);
    }

    private View page(String template, Caller caller, ZoneId zone, UriInfo uri) {
        RunSearch query = RunSearch.of(uri.getQueryParameters());
        return database.inTransaction(transaction -> {
            Page form = Page.of(template)
                    .with("query", query)
                    .with("mayOperate", caller.mayAnywhere(Permission.OPERATE))
                    .with("states", RunState.values())
                    .with("causes", Cause.Kind.values())
                    .with("periods", Period.values())
                    .with("queues", queues(transaction, caller))
                    .with("nodes", nodes(transaction));
            try {
                return filled(form, transaction, new RunFilterReader(transaction, caller, zone), query);
            } catch (Invalid wrong) {
                return form.with("lines", List.of()).with("next", null).refused(wrong);
            }
        });
    }

    private Page filled(Page form, Transaction transaction, RunFilterReader reader, RunSearch query) {
        List<Run> found = runs.list(transaction, reader.read(query), reader.before(query), PAGE + 1);
        Instant now = transaction.now();
        List<RunLine> lines =
                found.stream().limit(PAGE).map(run -> RunLine.of(run, now)).toList();
        String next =
                found.size() > PAGE ? query.below(lines.get(PAGE - 1).run().id()) : null;
        return form.with("lines", lines).with("next", next);
    }

    /** Those that {@code caller} may see, by name. */
    static List<String> queues(Transaction transaction, Caller caller) {
        return transaction
                .sql()
                .createQuery("""
                        SELECT namespace || '/' || name FROM queue
                        WHERE archived_at IS NULL AND (:anywhere OR namespace = ANY (:namespaces))
                        ORDER BY 1 LIMIT :limit""")
                .bind("anywhere", caller.mayEverywhere(Permission.VIEW))
                .bindArray("namespaces", String.class, List.copyOf(caller.namespaces(Permission.VIEW)))
                .bind("limit", CHOICES)
                .mapTo(String.class)
                .list();
    }

    private static List<String> nodes(Transaction transaction) {
        return transaction
                .sql()
                .createQuery("SELECT name FROM node WHERE archived_at IS NULL ORDER BY name LIMIT :limit")
                .bind("limit", CHOICES)
                .mapTo(String.class)
                .list();
    }
}

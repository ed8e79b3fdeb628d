package io.yardmaster.web.backfill;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.Backfill;
import io.yardmaster.trigger.BackfillFailures;
import io.yardmaster.trigger.BackfillList;
import io.yardmaster.trigger.BackfillList.Instance;
import io.yardmaster.trigger.Backfills;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.form.Address;
import io.yardmaster.web.schedule.When;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.BiConsumer;

/** One backfill: how far it is, and what one does with it. */
@Path("/backfills/{id}")
@Produces(MediaType.TEXT_HTML)
public final class BackfillPages {
    private static final int INSTANTS = 50;

    private final BackfillList list = new BackfillList();
    private final Database database;
    private final BackfillDesk desk;
    private final Backfills backfills;

    public BackfillPages(Database database, BackfillDesk desk, Backfills backfills) {
        this.database = database;
        this.desk = desk;
        this.backfills = backfills;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.LOOKED_UP)
    public View show(@PathParam("id") String id, @Context Caller caller, @Context UriInfo uri) {
        InstantQuery query = InstantQuery.of(uri.getQueryParameters());
        return database.inTransaction(transaction -> {
            Backfill backfill = find(transaction, id, Permission.VIEW, caller);
            List<Instance> found =
                    list.instants(transaction, backfill.id(), query.chosen(), query.afterPlace(), INSTANTS + 1);
            boolean more = found.size() > INSTANTS;
            return page("backfill/show", backfill)
                    .with("when", When.of(backfill.timetable(), BackfillAnswer.calendar(backfill)))
                    .with("query", query)
                    .with("states", Instance.State.values())
                    .with("instants", more ? found.subList(0, INSTANTS) : found)
                    .with("next", more ? query.behind(found.get(INSTANTS - 1).place()) : null);
        });
    }

    @POST
    @Path("pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View pause(@PathParam("id") String id, @Context Caller caller) {
        return act(
                id,
                caller,
                "backfill.paused",
                (transaction, backfill) -> backfills.pause(transaction, backfill, caller.actor()));
    }

    @GET
    @Path("resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToResume(@PathParam("id") String id, @Context Caller caller) {
        return database.inTransaction(
                transaction -> page("backfill/resume", find(transaction, id, Permission.OPERATE, caller)));
    }

    /**
     * @param failed {@code again} to run instants again whose runs failed
     * @param seen how many failures the page told of
     */
    @POST
    @Path("resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View resume(
            @PathParam("id") String id,
            @FormParam("failed") String failed,
            @FormParam("seen") Integer seen,
            @Context Caller caller) {
        BackfillFailures failures = new BackfillFailures("again".equals(failed), seen);
        return act(
                id,
                caller,
                "backfill.resumed",
                (transaction, backfill) -> backfills.resume(transaction, backfill, failures, caller.actor()));
    }

    @GET
    @Path("cancel")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View askToCancel(@PathParam("id") String id, @Context Caller caller) {
        return database.inTransaction(
                transaction -> page("backfill/cancel", find(transaction, id, Permission.OPERATE, caller)));
    }

    /** @param running {@code cancel} to tell runs that execute to end, too */
    @POST
    @Path("cancel")
    @Requires(value = Permission.OPERATE, on = ObjectRule.LOOKED_UP)
    public View cancel(@PathParam("id") String id, @FormParam("running") String running, @Context Caller caller) {
        return act(
                id,
                caller,
                "backfill.cancelled",
                (transaction, backfill) ->
                        backfills.cancel(transaction, backfill, "cancel".equals(running), caller.actor()));
    }

    private View act(String id, Caller caller, String told, BiConsumer<Transaction, Long> act) {
        return database.inTransaction(transaction -> {
            Backfill backfill = find(transaction, id, Permission.OPERATE, caller);
            act.accept(transaction, backfill.id());
            return Redirect.to(Address.of("backfills", id).toString())
                    .saying(told, backfill.of().name());
        });
    }

    private Backfill find(Transaction transaction, String id, Permission permission, Caller caller) {
        return desk.find(transaction, Ids.read("backfill", id), permission, caller);
    }

    private static Page page(String template, Backfill backfill) {
        return Page.of(template).with("backfill", backfill).with("id", Long.toString(backfill.id()));
    }
}

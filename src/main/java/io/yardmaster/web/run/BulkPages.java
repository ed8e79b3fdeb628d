package io.yardmaster.web.run;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.BulkAct;
import io.yardmaster.queue.RunAct;
import io.yardmaster.run.RunFilter;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.api.Created;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.RepeatableRequests;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneId;
import java.util.UUID;

/** One act on all runs that the filter of their list finds: its effect first, then its progress. */
@Path("bulk-acts")
public final class BulkPages {
    private static final int LISTED = 50;

    private final Database database;
    private final BulkDesk desk;
    private final RepeatableRequests requests;

    public BulkPages(Database database, BulkDesk desk, RepeatableRequests requests) {
        this.database = database;
        this.desk = desk;
        this.requests = requests;
    }

    @GET
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public View list(@Context Caller caller) {
        return database.inTransaction(
                transaction -> Page.of("run/bulk-list").with("acts", desk.list(transaction, LISTED, caller)));
    }

    /** Without an act it asks for one. */
    @GET
    @Path("new")
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public View preview(@Context Caller caller, @Context ZoneId zone, @Context UriInfo uri) {
        return page(Form.of(uri.getQueryParameters()), RunSearch.of(uri.getQueryParameters()), caller, zone);
    }

    /** Each preview has a key of its own: sent twice, it is begun once. */
    @POST
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public View start(MultivaluedMap<String, String> sent, @Context Caller caller, @Context ZoneId zone) {
        Form form = Form.of(sent);
        RunSearch search = RunSearch.of(sent);
        try {
            String key = form.value("key").isEmpty() ? null : form.value("key");
            Response once = requests.once(caller, key, "bulk " + sent, transaction -> {
                long id = desk.start(transaction, wish(transaction, form, search, caller, zone), caller);
                return new Created("/bulk-acts/" + id, id);
            });
            return Redirect.to(once.getLocation().toString());
        } catch (Invalid refused) {
            return page(form, search, caller, zone).refused(refused);
        }
    }

    @GET
    @Path("{id: [0-9]{1,19}}")
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public View show(@PathParam("id") String id, @Context Caller caller) {
        return database.inTransaction(transaction -> {
            BulkAct act = desk.find(transaction, Ids.read("bulk act", id), caller);
            return Page.of("run/bulk")
                    .with("act", act)
                    .with("to", desk.to(transaction, act))
                    .with("reason", Unseen.shown(act.terms().reason()))
                    .with("id", id);
        });
    }

    @POST
    @Path("{id: [0-9]{1,19}}/stop")
    @Requires(value = Permission.OPERATE, on = ObjectRule.ANYWHERE)
    public View stop(@PathParam("id") String id, @Context Caller caller) {
        database.useTransaction(transaction -> desk.stop(transaction, Ids.read("bulk act", id), caller));
        return Redirect.to("/bulk-acts/" + id).saying("bulk.stopped");
    }

    private Page page(Form form, RunSearch search, Caller caller, ZoneId zone) {
        return database.inTransaction(transaction -> {
            Page page = Page.of("run/bulk-new")
                    .with("query", search)
                    .with("form", form)
                    .with("key", UUID.randomUUID().toString())
                    .with("acts", BulkDesk.ACTS)
                    .with("queues", desk.targets(transaction, caller))
                    .with("preview", null);
            try {
                BulkDesk.Wish wish = wish(transaction, form, search, caller, zone);
                return wish.act() == null ? page : page.with("preview", desk.preview(transaction, wish, caller));
            } catch (Invalid refused) {
                return page.refused(refused);
            }
        });
    }

    private static BulkDesk.Wish wish(
            Transaction transaction, Form form, RunSearch search, Caller caller, ZoneId zone) {
        RunFilter filter =
                new RunFilterReader(transaction, caller, zone).read(search).in(caller.namespaces(Permission.OPERATE));
        String act = form.value("act");
        RunAct known = BulkDesk.ACTS.stream()
                .filter(one -> one.name().equals(act))
                .findFirst()
                .orElse(null);
        String through = form.value("through");
        return new BulkDesk.Wish(
                known,
                filter,
                search.words(),
                new BulkDesk.Particulars(
                        form.text("reason"),
                        form.text("to"),
                        known == RunAct.PRIORITY ? RunOperationPages.priority(form) : null),
                through.isEmpty() ? null : (Long) RunPages.number(through));
    }
}

package io.yardmaster.web.lock;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.ForcedRelease;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.Locks;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** Takes a lock from a run, with a reason and after a question. */
@Path("/locks/{namespace}/{name}/release/{run: [0-9]{1,18}}")
@Produces(MediaType.TEXT_HTML)
public final class ReleasePages {
    private static final int CONFLICT = 409;

    private final ListedLocks listed = new ListedLocks();
    private final Database database;
    private final Locks locks;

    public ReleasePages(Database database, Locks locks) {
        this.database = database;
        this.locks = locks;
    }

    @GET
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View ask(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("run") long run,
            @Context Caller caller) {
        return database.inTransaction(
                transaction -> page(transaction, locks.get(transaction, namespace, name), run, Form.empty(), caller));
    }

    @POST
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View release(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @PathParam("run") long run,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        try {
            database.useTransaction(transaction -> ForcedRelease.release(
                    transaction, locks.get(transaction, namespace, name), run, form.text("reason"), caller.actor()));
            return LockPages.to(namespace, name).saying("lock.released", name, run);
        } catch (Invalid refused) {
            return again(namespace, name, run, form, caller).refused(refused);
        } catch (Conflict gone) {
            return again(namespace, name, run, form, caller)
                    .refused(new Invalid("lock", namespace + "/" + name, gone.said()))
                    .status(CONFLICT);
        }
    }

    private Page again(String namespace, String name, long run, Form form, Caller caller) {
        return database.inTransaction(
                transaction -> page(transaction, locks.get(transaction, namespace, name), run, form, caller));
    }

    private Page page(Transaction transaction, Lock lock, long run, Form form, Caller caller) {
        Long token = listed.holders(transaction, caller.namespaces(Permission.VIEW), lock.id()).stream()
                .filter(user -> user.run() == run)
                .map(LockUser::token)
                .findFirst()
                .orElse(null);
        return Page.of("lock/release")
                .with("lock", lock)
                .with("run", Long.toString(run))
                .with("token", token)
                .with("form", form);
    }
}

package io.yardmaster.web.lock;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.LockKind;
import io.yardmaster.lock.Locks;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.EditableNamespaces;
import io.yardmaster.web.form.Form;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;

/** New locks, changes to them, and their end. */
@Path("/locks")
@Produces(MediaType.TEXT_HTML)
public final class LockEditPages {
    private static final String VERSION = "version";
    private static final int CONFLICT = 409;

    private final Database database;
    private final Locks locks;
    private final LockChanges changes = new LockChanges();

    public LockEditPages(Database database, Locks locks) {
        this.database = database;
        this.locks = locks;
    }

    @GET
    @Path("new")
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View blank(@Context Caller caller) {
        return page(null, LockForm.blank(EditableNamespaces.usual(caller)), caller);
    }

    @POST
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View create(MultivaluedMap<String, String> sent, @Context Caller caller) {
        Form form = Form.of(sent);
        try {
            return database.inTransaction(transaction -> created(transaction, form, caller));
        } catch (Invalid refused) {
            return page(null, form, caller).refused(refused);
        } catch (Conflict taken) {
            return page(null, form, caller).refused(new Invalid("name", form.text("name"), taken.said()));
        }
    }

    @GET
    @Path("{namespace}/{name}/edit")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View edit(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        Lock lock = database.inTransaction(transaction -> locks.get(transaction, namespace, name));
        return page(lock, from(LockForm.fill(lock.draft()), lock), caller);
    }

    @POST
    @Path("{namespace}/{name}/edit")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View save(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        // a lock keeps its name, whatever the form says
        Form form = Form.of(sent).with("namespace", namespace).with("name", name);
        try {
            return database.inTransaction(
                    transaction -> changed(transaction, locks.get(transaction, namespace, name), form, caller));
        } catch (Invalid refused) {
            Lock lock = database.inTransaction(transaction -> locks.get(transaction, namespace, name));
            return page(lock, form, caller).refused(refused);
        }
    }

    @GET
    @Path("{namespace}/{name}/archive")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View askToArchive(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return Page.of("lock/archive")
                .with("lock", database.inTransaction(transaction -> locks.get(transaction, namespace, name)));
    }

    @POST
    @Path("{namespace}/{name}/archive")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View archive(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @FormParam(VERSION) @DefaultValue("-1") int version,
            @Context Caller caller) {
        try {
            database.useTransaction(transaction -> changes.archive(
                    transaction, locks.get(transaction, namespace, name).id(), version, caller.actor()));
            return Redirect.to("/locks").saying("lock.archived", name);
        } catch (Conflict refused) {
            Lock lock = database.inTransaction(transaction -> locks.get(transaction, namespace, name));
            return Page.of("lock/archive")
                    .with("lock", lock)
                    .refused(new Invalid("lock", lock.fullName(), refused.said()))
                    .status(CONFLICT);
        }
    }

    private View created(Transaction transaction, Form form, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        LockDraft draft = LockForm.draft(form, problems);
        EditableNamespaces.check(caller, draft.namespace(), "invalid.namespace.lock", problems);
        problems.throwIfAny();
        changes.create(transaction, draft, caller.actor());
        return LockPages.to(draft.namespace(), draft.name()).saying("lock.created", draft.name());
    }

    private View changed(Transaction transaction, Lock lock, Form form, Caller caller) {
        if (!form.value(VERSION).equals(Integer.toString(lock.version()))) {
            return page(lock, from(form, lock), caller)
                    .with("theirs", lock.draft())
                    .status(CONFLICT);
        }
        Invalid.Problems problems = new Invalid.Problems();
        LockDraft draft = LockForm.draft(form, problems);
        problems.throwIfAny();
        changes.update(transaction, lock.id(), lock.version(), draft, caller.actor());
        return LockPages.to(draft.namespace(), draft.name()).saying("lock.saved", draft.name());
    }

    private static Form from(Form form, Lock lock) {
        return form.with(VERSION, Integer.toString(lock.version()))
                .with("type", lock.kind().name());
    }

    private static Page page(Lock lock, Form form, Caller caller) {
        return Page.of("lock/form")
                .with("lock", lock)
                .with("form", form)
                .with("kinds", LockKind.values())
                .with("namespaces", EditableNamespaces.of(caller))
                .with("theirs", null);
    }
}

package io.yardmaster.web.queue;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.Balancing;
import io.yardmaster.queue.OrderPolicy;
import io.yardmaster.queue.OrderPreview;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueRules;
import io.yardmaster.queue.Queues;
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

/** New queues, changes to them, and their end. */
@Path("/queues")
@Produces(MediaType.TEXT_HTML)
public final class QueueEditPages {
    private static final String VERSION = "version";
    private static final String ACTION = "action";
    private static final String EDIT = "edit";
    private static final String SAVE = "save";
    private static final int CONFLICT = 409;

    private final Database database;
    private final Queues queues;
    private final QueueChanges changes = new QueueChanges();

    public QueueEditPages(Database database, Queues queues) {
        this.database = database;
        this.queues = queues;
    }

    @GET
    @Path("new")
    @Requires(value = Permission.EDIT, on = ObjectRule.ANYWHERE)
    public View blank(@Context Caller caller) {
        return page(null, QueueForm.blank(EditableNamespaces.usual(caller)), caller);
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
        Queue queue = database.inTransaction(transaction -> queues.get(transaction, namespace, name));
        return page(queue, from(QueueForm.fill(Form.empty(), queue.draft()), queue), caller);
    }

    /**
     * Another order of runs that wait is shown before it is stored with the action {@value #SAVE}; with {@value #EDIT} the
     * form is shown again.
     */
    @POST
    @Path("{namespace}/{name}/edit")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View save(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        // a queue keeps its name, whatever the form says
        Form form = Form.of(sent).with("namespace", namespace).with("name", name);
        try {
            return database.inTransaction(
                    transaction -> changed(transaction, queues.get(transaction, namespace, name), form, caller));
        } catch (Invalid refused) {
            Queue queue = database.inTransaction(transaction -> queues.get(transaction, namespace, name));
            return page(queue, form, caller).refused(refused);
        }
    }

    @GET
    @Path("{namespace}/{name}/archive")
    @Requires(value = Permission.EDIT, on = ObjectRule.NAMESPACE_IN_PATH)
    public View askToArchive(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return Page.of("queue/archive")
                .with("queue", database.inTransaction(transaction -> queues.get(transaction, namespace, name)));
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
                    transaction, queues.get(transaction, namespace, name).id(), version, caller.actor()));
            return Redirect.to("/queues").saying("queue.archived", name);
        } catch (Conflict refused) {
            Queue queue = database.inTransaction(transaction -> queues.get(transaction, namespace, name));
            return Page.of("queue/archive")
                    .with("queue", queue)
                    .refused(new Invalid("queue", queue.fullName(), refused.said()))
                    .status(CONFLICT);
        }
    }

    private View created(Transaction transaction, Form form, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        QueueDraft draft = QueueForm.draft(form, problems);
        EditableNamespaces.check(caller, draft.namespace(), "invalid.namespace.queue", problems);
        problems.throwIfAny();
        changes.create(transaction, draft, caller.actor());
        return to(draft).saying("queue.created", draft.name());
    }

    private View changed(Transaction transaction, Queue queue, Form form, Caller caller) {
        if (form.value(ACTION).equals(EDIT)) {
            return page(queue, form, caller);
        }
        if (!form.value(VERSION).equals(Integer.toString(queue.version()))) {
            return page(queue, from(form, queue), caller)
                    .with(
                            "theirs",
                            QueueDifference.between(queue.draft(), QueueForm.draft(form, new Invalid.Problems())))
                    .status(CONFLICT);
        }
        Invalid.Problems problems = new Invalid.Problems();
        QueueDraft draft = QueueForm.draft(form, problems);
        QueueRules.check(draft, problems);
        problems.throwIfAny();
        if (!draft.order().equals(queue.order()) && !form.value(ACTION).equals(SAVE)) {
            OrderPreview preview = OrderPreview.of(transaction, queue.id(), draft.order(), OrderChange.FIRST);
            if (preview.waiting() > 0) {
                return review(queue, draft, OrderChange.of(preview, caller), form);
            }
        }
        changes.update(transaction, queue.id(), queue.version(), draft, caller.actor());
        return to(draft).saying("queue.saved", draft.name());
    }

    private static Page review(Queue queue, QueueDraft draft, OrderChange change, Form form) {
        return Page.of("queue/review")
                .with("queue", queue)
                .with("from", queue.order().policy())
                .with("to", draft.order().policy())
                .with("change", change)
                .with("carried", QueueForm.carried(form));
    }

    private static Redirect to(QueueDraft draft) {
        return QueuePages.to(draft.namespace(), draft.name());
    }

    private static Form from(Form form, Queue queue) {
        return form.with(VERSION, Integer.toString(queue.version()));
    }

    private static Page page(Queue queue, Form form, Caller caller) {
        return Page.of("queue/form")
                .with("policies", OrderPolicy.values())
                .with("queue", queue)
                .with("form", form)
                .with("balancers", Balancing.values())
                .with("namespaces", EditableNamespaces.of(caller))
                .with("theirs", null);
    }
}

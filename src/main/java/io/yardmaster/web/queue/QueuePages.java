package io.yardmaster.web.queue;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.Decisions;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.queue.Queues;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Address;
import io.yardmaster.web.form.Form;
import io.yardmaster.web.run.RunLine;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Queues and what goes on in them. */
@Path("/queues")
@Produces(MediaType.TEXT_HTML)
public final class QueuePages {
    private static final int WAITING = 50;
    private static final int LINES = 100;
    private static final Set<RunState> ON_NODES = Set.of(RunState.ASSIGNED, RunState.RUNNING, RunState.PAUSED);
    private static final Set<RunState> KEPT_BACK = Set.of(RunState.BLOCKED, RunState.HELD);

    private final ListedQueues listed = new ListedQueues();
    private final Runs runs = new Runs();
    private final Database database;
    private final Queues queues;
    private final QueueChanges changes = new QueueChanges();

    public QueuePages(Database database, Queues queues) {
        this.database = database;
        this.queues = queues;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View list(@Context Caller caller) {
        return database.inTransaction(transaction ->
                Page.of("queue/list").with("queues", listed.list(transaction, caller.namespaces(Permission.VIEW))));
    }

    /** @param after a {@link QueuePlace}; empty for the queue's head */
    @GET
    @Path("{namespace}/{name}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public View show(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("after") @DefaultValue("") String after,
            @Context Caller caller) {
        return database.inTransaction(
                transaction -> page(transaction, queues.get(transaction, namespace, name), after, caller));
    }

    @POST
    @Path("{namespace}/{name}/pause")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View pause(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        database.useTransaction(transaction -> changes.pause(
                transaction, queues.get(transaction, namespace, name).id(), caller.actor()));
        return to(namespace, name).saying("queue.was-paused", name);
    }

    @POST
    @Path("{namespace}/{name}/resume")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View resume(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        database.useTransaction(transaction -> changes.resume(
                transaction, queues.get(transaction, namespace, name).id(), caller.actor()));
        return to(namespace, name).saying("queue.was-resumed", name);
    }

    /** An empty limit is none. */
    @POST
    @Path("{namespace}/{name}/limits")
    @Requires(value = Permission.OPERATE, on = ObjectRule.NAMESPACE_IN_PATH)
    public View limit(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            MultivaluedMap<String, String> sent,
            @Context Caller caller) {
        Form form = Form.of(sent);
        try {
            database.useTransaction(transaction ->
                    limit(transaction, queues.get(transaction, namespace, name).id(), form, caller));
            return to(namespace, name).saying("queue.was-limited", name);
        } catch (Invalid refused) {
            return database.inTransaction(
                    transaction -> page(transaction, queues.get(transaction, namespace, name), "", caller)
                            .refused(refused));
        }
    }

    private void limit(Transaction transaction, long queue, Form form, Caller caller) {
        Invalid.Problems problems = new Invalid.Problems();
        QueueLimits limits = QueueForm.limits(form, problems);
        problems.throwIfAny();
        changes.limit(transaction, queue, limits, caller.actor());
    }

    static Redirect to(String namespace, String name) {
        return Redirect.to(Address.of("queues", namespace, name).toString());
    }

    private Page page(Transaction transaction, Queue queue, String after, Caller caller) {
        Set<String> seen = caller.namespaces(Permission.VIEW);
        QueuePlace place = QueuePlace.of(after);
        List<WaitingRun> waiting = listed.waiting(transaction, seen, queue.id(), place, WAITING + 1);
        List<WaitingRun> shown = waiting.subList(0, Math.min(WAITING, waiting.size()));
        RunFilter here = RunFilter.any().in(seen).ofQueue(queue.id());
        Address address = Address.of("queues", queue.namespace(), queue.name());
        return Page.of("queue/show")
                .with(
                        "queue",
                        listed.find(transaction, seen, queue.id())
                                .orElseThrow(() -> new Missing("queue " + queue.fullName())))
                .with("comparison", queue.shadow() == null ? null : Decisions.compare(transaction, queue.id()))
                .with("waiting", shown)
                .with("here", address.with("after", after).toString())
                .with(
                        "next",
                        waiting.size() > WAITING
                                ? address.with("after", place.after(shown).toString())
                                        .toString()
                                : null)
                .with("running", lines(transaction, here.inStates(ON_NODES)))
                .with("keptBack", lines(transaction, here.inStates(KEPT_BACK)));
    }

    private List<RunLine> lines(Transaction transaction, RunFilter filter) {
        Instant now = transaction.now();
        return runs.list(transaction, filter, Long.MAX_VALUE, LINES).stream()
                .map(run -> RunLine.of(run, now))
                .toList();
    }
}

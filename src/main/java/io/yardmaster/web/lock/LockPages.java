package io.yardmaster.web.lock;

import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockForecast;
import io.yardmaster.lock.LockKind;
import io.yardmaster.lock.Locks;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import io.yardmaster.web.form.Address;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Locks, who has them and who waits for them. */
@Path("/locks")
@Produces(MediaType.TEXT_HTML)
public final class LockPages {
    private static final String WAITING = "waiting";
    private static final double MILLIS = 1000;

    private final ListedLocks listed = new ListedLocks();
    private final Database database;
    private final Locks locks;

    public LockPages(Database database, Locks locks) {
        this.database = database;
        this.locks = locks;
    }

    /** A waiter at its place, and when it will probably have the lock; null if nobody knows. */
    public record Placed(int place, LockUser user, Instant predicted) {}

    /** A holder and when it will probably have ended; null if nobody knows. */
    public record Holding(LockUser user, Instant expectedEnd) {}

    /** @param order {@value #WAITING} for those first for which most wait; by name otherwise */
    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View list(
            @QueryParam("q") @DefaultValue("") String text,
            @QueryParam("order") @DefaultValue("") String order,
            @Context Caller caller) {
        String sought = text.strip();
        Set<String> seen = caller.namespaces(Permission.VIEW);
        return database.inTransaction(transaction -> Page.of("lock/list")
                .with("q", sought)
                .with("order", order)
                .with("locks", listed.list(transaction, seen, sought, order.equals(WAITING)))
                .with(
                        "here",
                        Address.of("locks")
                                .with("q", sought)
                                .with("order", order)
                                .toString()));
    }

    @GET
    @Path("{namespace}/{name}")
    @Requires(value = Permission.VIEW, on = ObjectRule.NAMESPACE_IN_PATH)
    public View show(@PathParam("namespace") String namespace, @PathParam("name") String name, @Context Caller caller) {
        return database.inTransaction(
                transaction -> page(transaction, locks.get(transaction, namespace, name), caller));
    }

    static Redirect to(String namespace, String name) {
        return Redirect.to(Address.of("locks", namespace, name).toString());
    }

    private Page page(Transaction transaction, Lock lock, Caller caller) {
        Set<String> seen = caller.namespaces(Permission.VIEW);
        ListedLock line =
                listed.find(transaction, seen, lock.id()).orElseThrow(() -> new Missing("lock " + lock.fullName()));
        String here = Address.of("locks", lock.namespace(), lock.name()).toString();
        if (lock.kind() == LockKind.CONDITION) {
            return Page.of("lock/condition")
                    .with("lock", line)
                    .with("first", lock.variables())
                    .with("state", ConditionState.of(transaction, lock.id()))
                    .with("waiters", ConditionState.waiters(transaction, seen, lock.id()))
                    .with("jobs", ConditionState.jobs(transaction, seen, lock.id()))
                    .with("setters", ConditionState.setters(transaction, seen, lock.id()))
                    .with("here", here);
        }
        List<LockUser> holders = listed.holders(transaction, seen, lock.id());
        List<LockUser> waiters = listed.waiters(transaction, seen, lock.id());
        Instant now = transaction.now();
        return Page.of("lock/show")
                .with("lock", line)
                .with(
                        "holders",
                        holders.stream()
                                .map(one -> new Holding(one, one.expectedEnd(now)))
                                .toList())
                .with("waiters", placed(line, holders, waiters, now))
                .with("jobs", listed.jobs(transaction, seen, lock.id()))
                .with("here", here);
    }

    private static List<Placed> placed(ListedLock lock, List<LockUser> holders, List<LockUser> waiters, Instant now) {
        List<LockUser> live = waiters.stream().filter(LockUser::live).toList();
        List<Double> starts = LockForecast.of(
                lock.capacity(),
                holders.stream().map(one -> one.holding(now)).toList(),
                live.stream().map(LockUser::waiting).toList());
        List<Placed> placed = new ArrayList<>();
        for (int i = 0; i < waiters.size(); i++) {
            int place = live.indexOf(waiters.get(i));
            boolean known = place >= 0 && lock.holders() <= holders.size() && Double.isFinite(starts.get(place));
            placed.add(new Placed(
                    i + 1, waiters.get(i), known ? now.plusMillis(Math.round(starts.get(place) * MILLIS)) : null));
        }
        return placed;
    }
}

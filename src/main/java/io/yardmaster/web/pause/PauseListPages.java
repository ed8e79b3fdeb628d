package io.yardmaster.web.pause;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.trigger.PauseList;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All that is paused. */
@Path("/pauses")
@Produces(MediaType.TEXT_HTML)
public final class PauseListPages {
    /** Index {@code job_by_name}. */
    private static final String NAMESPACES =
            "SELECT DISTINCT namespace FROM job WHERE archived_at IS NULL ORDER BY namespace LIMIT 500";

    private final PauseList list = new PauseList();
    private final Database database;

    public PauseListPages(Database database) {
        this.database = database;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View show(@Context Caller caller) {
        return database.inTransaction(transaction -> {
            List<PauseList.Named> seen = seen(list.all(transaction), caller);
            return Page.of("pause/list")
                    .with("pauses", seen)
                    .with("systemPaused", seen.stream().anyMatch(pause -> pause.namespace() == null))
                    .with("namespaces", toPause(transaction, seen, caller));
        });
    }

    /** Those of the whole system, and those in namespaces that the caller may view. */
    static List<PauseList.Named> seen(List<PauseList.Named> all, Caller caller) {
        return all.stream()
                .filter(pause -> pause.namespace() == null || caller.may(Permission.VIEW, pause.namespace()))
                .toList();
    }

    private static List<String> toPause(Transaction transaction, List<PauseList.Named> paused, Caller caller) {
        Set<String> already = new TreeSet<>();
        paused.stream()
                .filter(pause -> pause.job() == null && pause.namespace() != null)
                .forEach(pause -> already.add(pause.namespace()));
        return transaction.sql().createQuery(NAMESPACES).mapTo(String.class).list().stream()
                .filter(namespace -> caller.may(Permission.OPERATE, namespace) && !already.contains(namespace))
                .toList();
    }
}

package io.yardmaster.web.job;

import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.Queues;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.View;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The list of jobs. */
@Path("/jobs")
@Produces(MediaType.TEXT_HTML)
public final class JobListPages {
    private static final int LINES = 50;

    private final ListedJobs lines = new ListedJobs();
    private final Database database;
    private final Queues queues;

    public JobListPages(Database database, Queues queues) {
        this.database = database;
        this.queues = queues;
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.ANYWHERE)
    public View list(@Context Caller caller, @BeanParam JobFilter filter) {
        return database.inTransaction(transaction -> page(transaction, caller, filter));
    }

    private Page page(Transaction transaction, Caller caller, JobFilter filter) {
        Set<String> seen = caller.namespaces(Permission.VIEW);
        List<ListedJob> found = lines.list(transaction, seen, filter, LINES + 1);
        List<ListedJob> shown = found.subList(0, Math.min(LINES, found.size()));
        return Page.of("job/list")
                .with("lines", shown)
                .with("next", found.size() > LINES ? filter.next(shown.get(LINES - 1)) : null)
                .with("here", filter.here())
                .with("filter", filter)
                .with("orders", JobFilter.Order.values())
                .with(
                        "endings",
                        Arrays.stream(RunState.values())
                                .filter(RunState::isFinal)
                                .toList())
                .with("namespaces", lines.namespaces(transaction, seen))
                .with("queues", QueueChoice.shown(transaction, queues, caller));
    }
}

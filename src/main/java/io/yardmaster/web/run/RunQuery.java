package io.yardmaster.web.run;

import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queues;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** What a list of runs can be asked for; each field as it stands in the address. */
public final class RunQuery {
    private static final String LIST = "runs";

    @QueryParam("namespace")
    private String namespace;

    @QueryParam("job")
    private String job;

    @QueryParam("queue")
    private String queue;

    @QueryParam("state")
    private String state;

    @QueryParam("since")
    private String since;

    @QueryParam("until")
    private String until;

    @QueryParam("cursor")
    private String cursor;

    @QueryParam("limit")
    private String limit;

    int rows() {
        Query query = new Query();
        int rows = query.limit(limit);
        query.end();
        return rows;
    }

    /** Only ids below this. */
    long before() {
        return Cursor.read(LIST, cursor, Long.MAX_VALUE, key -> Long.parseLong(key.get(0)));
    }

    static String cursor(Run run) {
        return Cursor.of(LIST, List.of(Long.toString(run.id())));
    }

    /** Null if nothing can be found: a namespace, job or queue that is not there, or not for the caller. */
    RunFilter filter(Transaction transaction, Caller caller, Jobs jobs, Queues queues) {
        Query query = new Query();
        Set<RunState> states = query.choices("state", state, RunState.class);
        Instant from = query.instant("since", since);
        Instant before = query.instant("until", until);
        query.end();
        Set<String> namespaces = Query.namespaces(caller, namespace);
        if (namespaces != null && namespaces.isEmpty()) {
            return null;
        }
        Long jobId = named(
                "job",
                job,
                (space, name) -> jobs.find(transaction, space, name)
                        .map(found -> found.id())
                        .orElse(null));
        Long queueId = named(
                "queue",
                queue,
                (space, name) -> queues.find(transaction, space, name)
                        .map(found -> found.id())
                        .orElse(null));
        boolean nothing = (job != null && jobId == null) || (queue != null && queueId == null);
        return nothing
                ? null
                : RunFilter.any()
                        .in(namespaces == null ? Set.of() : namespaces)
                        .ofJob(jobId)
                        .ofQueue(queueId)
                        .inStates(states)
                        .between(from, before);
    }

    private static Long named(String field, String full, BiFunction<String, String, Long> find) {
        if (full == null) {
            return null;
        }
        int slash = full.indexOf('/');
        if (slash < 0) {
            throw new Invalid(field, full, "invalid.full-name");
        }
        return find.apply(full.substring(0, slash), full.substring(slash + 1));
    }
}

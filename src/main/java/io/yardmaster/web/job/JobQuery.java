package io.yardmaster.web.job;

import io.yardmaster.job.JobRow;
import io.yardmaster.job.JobSearch;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.api.Query;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a list of jobs can be asked for; each field as it stands in the address. */
public final class JobQuery {
    private static final Map<String, JobSearch.Order> ORDERS = Map.of(
            "name", JobSearch.Order.NAME,
            "-name", JobSearch.Order.NAME_DOWN,
            "created", JobSearch.Order.OLDEST,
            "-created", JobSearch.Order.NEWEST);

    @QueryParam("namespace")
    private String namespace;

    @QueryParam("q")
    private String text;

    @QueryParam("state")
    private String state;

    @QueryParam("sort")
    private String sort;

    @QueryParam("cursor")
    private String cursor;

    @QueryParam("limit")
    private String limit;

    /** One row more than the page holds, to tell whether there are more. */
    JobSearch search(Caller caller) {
        Query query = new Query();
        String order = query.choice("sort", sort, List.of("name", "-name", "created", "-created"));
        Set<RunState> states = query.choices("state", state, RunState.class);
        int rows = query.limit(limit);
        String words = query.text("q", text);
        query.end();
        return new JobSearch(
                Query.namespaces(caller, namespace),
                words,
                states.stream().map(Enum::name).toList(),
                ORDERS.get(order),
                Cursor.read(list(), cursor, null, JobQuery::place),
                rows + 1);
    }

    String cursor(JobRow row) {
        return Cursor.of(list(), List.of(row.namespace(), row.name(), Long.toString(row.id())));
    }

    private String list() {
        return "jobs by " + (sort == null ? "name" : sort);
    }

    private static JobSearch.Place place(List<String> key) {
        return new JobSearch.Place(key.get(0), key.get(1), Long.parseLong(key.get(2)));
    }
}

package io.yardmaster.run;

import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** A {@link RunFilter} as SQL. */
final class FilterSql {
    private FilterSql() {}

    /** That a row named {@code r} is one of a {@link RunFilter}, as a further condition. */
    static final String FITTING = """
            AND (CAST(:job AS bigint) IS NULL OR r.job_id = :job)
            AND (CAST(:queue AS bigint) IS NULL OR r.queue_id = :queue)
            AND (CAST(:node AS bigint) IS NULL OR r.node_id = :node)
            AND (CAST(:outside AS bigint) IS NULL OR r.queue_id <> :outside)
            AND (CAST(:unlike AS integer) IS NULL OR r.priority <> :unlike)
            AND (:anyState OR r.state = ANY (:states))
            AND (:anyCause OR r.cause = ANY (:causes))
            AND r.id >= coalesce(id_floor(:since), 0)
            AND r.id < coalesce(id_floor(:until), 9223372036854775807)
            AND (:anyNamespace OR EXISTS (
                SELECT FROM job j WHERE j.id = r.job_id AND j.namespace = ANY (:namespaces)))
            """;

    private static final String ARE_FEW = """
            SELECT count(*) <= :few FROM (
                SELECT FROM job WHERE namespace = ANY (:namespaces) LIMIT :few + 1) found
            """;

    private static final int FEW_JOBS = 200;

    /** Gives {@link #FITTING} its parameters. */
    static Query bound(Query query, RunFilter filter) {
        return query.bind("job", filter.job())
                .bind("queue", filter.queue())
                .bind("node", filter.node())
                .bind("outside", filter.outside())
                .bind("unlike", filter.unlike())
                .bind("since", filter.since())
                .bind("until", filter.until())
                .bind("anyState", isAny(filter.states()))
                .bindArray("states", String.class, names(filter.states()))
                .bind("anyCause", isAny(filter.causes()))
                .bindArray("causes", String.class, names(filter.causes()))
                .bind("anyNamespace", filter.anyNamespace())
                .bindArray(
                        "namespaces",
                        String.class,
                        filter.namespaces() == null ? List.of() : List.copyOf(filter.namespaces()));
    }

    /** Whether it is better to look for the runs of each of its jobs than for those of its jobs among all. */
    static boolean isOfFewJobs(Transaction transaction, RunFilter filter) {
        return filter.job() == null
                && !filter.anyNamespace()
                && transaction
                        .sql()
                        .createQuery(ARE_FEW)
                        .bindArray("namespaces", String.class, List.copyOf(filter.namespaces()))
                        .bind("few", FEW_JOBS)
                        .mapTo(Boolean.class)
                        .one();
    }

    private static boolean isAny(Set<? extends Enum<?>> wanted) {
        return wanted == null || wanted.isEmpty();
    }

    private static List<String> names(Set<? extends Enum<?>> wanted) {
        return isAny(wanted) ? List.of() : wanted.stream().map(Enum::name).toList();
    }
}

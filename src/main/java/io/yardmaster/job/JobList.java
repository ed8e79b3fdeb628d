package io.yardmaster.job;

import io.yardmaster.database.Transaction;
import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Finds jobs, a page at a time. Pages are cut by key: {@code job_by_name} for names, {@code job_pkey} for age, so that a
 * page costs the same wherever it lies.
 */
public final class JobList {
    private static final String SELECT = """
            SELECT job.id, job.namespace, job.name, job.description,
                   queue.namespace || '/' || queue.name AS queue, job.disabled_at IS NULL AS enabled, job.version,
                   job.updated_at, statistics.last_run_id, statistics.last_state, statistics.last_ended_at
            FROM job
            JOIN queue ON queue.id = job.queue_id
            LEFT JOIN job_statistics statistics ON statistics.job_id = job.id
            WHERE job.archived_at IS NULL
              AND (:everywhere OR job.namespace = ANY (:namespaces))
              AND (:anyState OR statistics.last_state = ANY (:lastStates))
              AND (CAST(:text AS text) IS NULL
                   OR position(lower(:text) IN lower(job.name)) > 0
                   OR position(lower(:text) IN lower(job.description)) > 0
                   OR position(lower(:text) IN lower(job.definition #>> '{task,script}')) > 0)
            """;

    private static final String LIMIT = "LIMIT :limit";
    private static final String BY_NAME = "ORDER BY job.namespace, job.name ";
    private static final String BY_NAME_DOWN = "ORDER BY job.namespace DESC, job.name DESC ";
    private static final String OLDEST = "ORDER BY job.id ";
    private static final String NEWEST = "ORDER BY job.id DESC ";

    public List<JobRow> list(Transaction transaction, JobSearch search) {
        JobSearch.Place after = search.after();
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(JobRow.class))
                .createQuery(SELECT + tail(search.order(), after != null))
                .bind("everywhere", search.namespaces() == null)
                .bind(
                        "namespaces",
                        search.namespaces() == null
                                ? new String[0]
                                : search.namespaces().toArray(String[]::new))
                .bind("anyState", search.lastStates().isEmpty())
                .bind("lastStates", search.lastStates().toArray(String[]::new))
                .bind("text", search.text())
                .bind("namespace", after == null ? null : after.namespace())
                .bind("name", after == null ? null : after.name())
                .bind("id", after == null ? null : after.id())
                .bind("limit", search.limit())
                .mapTo(JobRow.class)
                .list();
    }

    private static String tail(JobSearch.Order order, boolean further) {
        return switch (order) {
            case NAME -> (further ? "AND (job.namespace, job.name) > (:namespace, :name) " : "") + BY_NAME + LIMIT;
            case NAME_DOWN ->
                (further ? "AND (job.namespace, job.name) < (:namespace, :name) " : "") + BY_NAME_DOWN + LIMIT;
            case OLDEST -> (further ? "AND job.id > :id " : "") + OLDEST + LIMIT;
            case NEWEST -> (further ? "AND job.id < :id " : "") + NEWEST + LIMIT;
        };
    }
}

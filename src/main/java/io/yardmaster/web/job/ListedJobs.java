package io.yardmaster.web.job;

import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads the page of jobs, cut by key so that each page costs the same. */
final class ListedJobs {
    /**
     * By {@code job_by_name} or {@code job_pkey}; then for the page's lines alone {@code run_by_job},
     * {@code schedule_by_name} and the timetables' primary keys.
     */
    private static final String LINES = """
            WITH page AS MATERIALIZED (
                SELECT job.*, queue.namespace AS queue_namespace, queue.name AS queue_name,
                       s.last_run_id, s.last_state, s.last_ended_at,
                       coalesce(s.succeeded, 0) AS succeeded, coalesce(s.failed, 0) AS failed
                FROM job
                JOIN queue ON queue.id = job.queue_id
                LEFT JOIN job_statistics s ON s.job_id = job.id
                WHERE job.archived_at IS NULL
                  AND (:everywhere OR job.namespace = ANY (:namespaces))
                  AND (:namespace = '' OR job.namespace = :namespace)
                  AND (:queue = '' OR queue.namespace || '/' || queue.name = :queue)
                  AND (:enabled = '' OR (job.disabled_at IS NULL) = (:enabled = 'yes'))
                  AND (:last = '' OR s.last_state = :last)
                  AND (:text = ''
                       OR position(lower(:text) IN lower(job.name)) > 0
                       OR position(lower(:text) IN lower(job.description)) > 0
                       OR position(lower(:text) IN lower(job.definition #>> '{task,script}')) > 0)
                  AND <further>
                ORDER BY <order> LIMIT :limit
            )
            SELECT page.id, page.namespace, page.name, page.description, page.queue_namespace, page.queue_name,
                   page.disabled_at IS NULL AS enabled, page.last_run_id, page.last_state, page.last_ended_at,
                   page.succeeded, page.failed, active.id AS active_run_id, active.state AS active_state,
                   coalesce(due.schedules, 0) AS schedules, coalesce(due.paused, false) AS paused,
                   due.kind, due.expression, due.zone,
                   CASE WHEN page.disabled_at IS NULL THEN due.next_due END AS next_due
            FROM page
            LEFT JOIN LATERAL (
                SELECT run.id, run.state FROM run WHERE run.job_id = page.id ORDER BY run.id DESC LIMIT 1
            ) active ON true
            LEFT JOIN LATERAL (
                SELECT t.kind, t.expression, t.zone, own.next_due, count(*) OVER () AS schedules,
                       bool_and(schedule.paused_from IS NOT NULL) OVER () AS paused
                FROM schedule
                JOIN timetable t ON t.id = schedule.timetable_id
                LEFT JOIN timetable_mark mark ON mark.timetable_id = t.id
                CROSS JOIN LATERAL (SELECT CASE
                    WHEN schedule.paused_from IS NULL AND mark.next_due <= coalesce(schedule.valid_until, 'infinity')
                        AND mark.next_due >= coalesce(schedule.valid_from, '-infinity') THEN mark.next_due END AS next_due) own
                WHERE schedule.job_id = page.id AND schedule.archived_at IS NULL AND schedule.disabled_at IS NULL
                ORDER BY own.next_due NULLS LAST, schedule.id LIMIT 1
            ) due ON true
            ORDER BY <order>
            """;

    private static final String NAMESPACES = """
            SELECT DISTINCT namespace FROM job
            WHERE archived_at IS NULL AND (:everywhere OR namespace = ANY (:namespaces))
            ORDER BY namespace LIMIT 200
            """;

    /** At most {@code limit} lines of the jobs in {@code seen}, which may hold {@link Caller#EVERYWHERE}. */
    List<ListedJob> list(Transaction transaction, Set<String> seen, JobFilter filter, int limit) {
        Query query = transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(ListedJob.class))
                .createQuery(LINES)
                .define("further", filter.after().isEmpty() ? "true" : further(filter.order()))
                .define("order", order(filter.order()))
                .bind("namespace", filter.namespace())
                .bind("queue", filter.queue())
                .bind("enabled", filter.enabled())
                .bind("last", filter.last())
                .bind("text", filter.text())
                .bind("limit", limit);
        return after(narrowed(query, seen), filter).mapTo(ListedJob.class).list();
    }

    /** In which there are jobs to be seen. */
    List<String> namespaces(Transaction transaction, Set<String> seen) {
        return narrowed(transaction.sql().createQuery(NAMESPACES), seen)
                .mapTo(String.class)
                .list();
    }

    private static Query narrowed(Query query, Set<String> seen) {
        return query.bind("everywhere", seen.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(seen));
    }

    private static Query after(Query query, JobFilter filter) {
        if (filter.after().isEmpty()) {
            return query;
        }
        return switch (filter.order()) {
            case NAME, NAME_DOWN -> {
                String[] name = filter.after().split("/", 2);
                yield query.bind("afterNamespace", name[0]).bind("afterName", name.length == 1 ? "" : name[1]);
            }
            case NEWEST, OLDEST -> query.bind("afterId", id(filter.after()));
        };
    }

    private static long id(String written) {
        return written.matches("[0-9]{1,18}") ? Long.parseLong(written) : 0;
    }

    private static String further(JobFilter.Order order) {
        return switch (order) {
            case NAME -> "(job.namespace, job.name) > (:afterNamespace, :afterName)";
            case NAME_DOWN -> "(job.namespace, job.name) < (:afterNamespace, :afterName)";
            case NEWEST -> "job.id < :afterId";
            case OLDEST -> "job.id > :afterId";
        };
    }

    private static String order(JobFilter.Order order) {
        return switch (order) {
            case NAME -> "namespace, name";
            case NAME_DOWN -> "namespace DESC, name DESC";
            case NEWEST -> "id DESC";
            case OLDEST -> "id";
        };
    }
}

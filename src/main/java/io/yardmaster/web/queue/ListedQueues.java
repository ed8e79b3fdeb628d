package io.yardmaster.web.queue;

import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Reads what goes on in queues. */
final class ListedQueues {
    /** One pass over the unfinished runs; jobs by {@code job_by_queue}. There are few queues. */
    private static final String LINES = """
            SELECT q.id, q.namespace, q.name, q.description, q.policy, q.slowdown, q.ageing_seconds,
                   q.standard_deadline_seconds, q.quantum_seconds, q.fair_by, q.balancer, q.shadow, q.max_running, q.max_waiting, q.weight, q.paused_at,
                   q.version, coalesce(r.waiting, 0) AS waiting, coalesce(r.blocked, 0) AS blocked,
                   coalesce(r.running, 0) AS running, coalesce(r.stopped, 0) AS stopped, r.oldest_ready_at,
                   (SELECT count(*) FROM job WHERE job.queue_id = q.id AND job.archived_at IS NULL) AS jobs
            FROM queue q
            LEFT JOIN (
                SELECT queue_id, count(*) FILTER (WHERE state = 'QUEUED') AS waiting,
                       count(*) FILTER (WHERE state IN ('BLOCKED', 'HELD')) AS blocked,
                       count(*) FILTER (WHERE state IN ('ASSIGNED', 'RUNNING')) AS running,
                       count(*) FILTER (WHERE state = 'PAUSED') AS stopped,
                       min(ready_at) FILTER (WHERE state = 'QUEUED') AS oldest_ready_at
                FROM run WHERE CAST(:id AS bigint) IS NULL OR queue_id = :id GROUP BY queue_id
            ) r ON r.queue_id = q.id
            WHERE q.archived_at IS NULL AND (CAST(:id AS bigint) IS NULL OR q.id = :id)
              AND (:everywhere OR q.namespace = ANY (:namespaces))
            ORDER BY q.namespace, q.name
            """;

    /** Index {@code run_to_dispatch}, in the very order in which the dispatcher takes them. */
    private static final String WAITING = """
            SELECT :before + row_number() OVER (ORDER BY r.order_key, r.id) AS position,
                   (:everywhere OR j.namespace = ANY (:namespaces)) AS seen,
                   r.id, j.namespace AS job_namespace, j.name AS job_name, r.cause, r.ready_at, r.order_key,
                   r.priority, r.predicted_seconds, r.deadline_at
            FROM waiting_lines(:queue) l CROSS JOIN LATERAL (
                SELECT * FROM run w
                WHERE w.queue_id = :queue AND w.generation = l.generation AND w.need_id = l.need AND w.state = 'QUEUED'
                    AND (w.order_key, w.id) > (:key, :run)
                ORDER BY w.order_key, w.id LIMIT :skip + :limit) r
            JOIN job j ON j.id = r.job_id
            ORDER BY r.order_key, r.id OFFSET :skip LIMIT :limit
            """;

    /** Those in {@code seen}, which may hold {@link Caller#EVERYWHERE}. */
    List<ListedQueue> list(Transaction transaction, Set<String> seen) {
        return lines(transaction, seen, null);
    }

    Optional<ListedQueue> find(Transaction transaction, Set<String> seen, long id) {
        return lines(transaction, seen, id).stream().findFirst();
    }

    List<WaitingRun> waiting(Transaction transaction, Set<String> seen, long queue, QueuePlace place, int limit) {
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(WaitingRun.class))
                .createQuery(WAITING)
                .bind("everywhere", seen.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(seen))
                .bind("queue", queue)
                .bind("key", place.orderKey())
                .bind("run", place.run())
                .bind("before", place.position())
                .bind("skip", place.skip())
                .bind("limit", limit)
                .mapTo(WaitingRun.class)
                .list();
    }

    private static List<ListedQueue> lines(Transaction transaction, Set<String> seen, Long id) {
        return transaction
                .sql()
                .registerRowMapper(ConstructorMapper.factory(ListedQueue.class))
                .createQuery(LINES)
                .bind("everywhere", seen.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(seen))
                .bind("id", id)
                .mapTo(ListedQueue.class)
                .list();
    }
}

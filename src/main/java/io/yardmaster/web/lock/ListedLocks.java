package io.yardmaster.web.lock;

import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/** Reads what goes on before locks. */
final class ListedLocks {
    /** As many as are shown of a lock's holders, and of its waiters. */
    static final int MOST_USERS = 100;

    /** Indexes {@code lock_hold_pkey}, {@code lock_ticket_pkey}, {@code job_claiming}. There are few locks. */
    private static final String LINES = """
            SELECT l.id, l.namespace, l.name, l.description, l.owner, l.kind, coalesce(s.capacity, 0) AS capacity, l.version, h.held, h.holders,
                   t.waiting, t.oldest, coalesce(n.jobs, 0) AS jobs
            FROM lock l JOIN lock_state s ON s.lock_id = l.id
            CROSS JOIN LATERAL (SELECT coalesce(sum(units), 0) AS held, count(*) AS holders FROM lock_hold WHERE lock_id = l.id) h
            CROSS JOIN LATERAL (SELECT count(*) AS waiting, min(since) AS oldest FROM lock_ticket WHERE lock_id = l.id) t
            LEFT JOIN (
                SELECT p.lock, count(*) AS jobs
                FROM job j JOIN claim c ON c.id = j.claim_id CROSS JOIN unnest(c.locks) AS p (lock)
                WHERE j.claim_id IS NOT NULL AND j.archived_at IS NULL GROUP BY p.lock) n ON n.lock = l.id
            WHERE l.archived_at IS NULL AND (CAST(:id AS bigint) IS NULL OR l.id = :id)
              AND (:everywhere OR l.namespace = ANY (:namespaces))
              AND (:text = '' OR strpos(l.namespace || '/' || l.name || ' ' || l.description || ' ' || l.owner, :text) > 0)
            """;

    private static final String BY_NAME = LINES + "ORDER BY l.namespace, l.name";

    private static final String BY_WAITING = LINES + "ORDER BY t.waiting DESC, l.namespace, l.name";

    /** Index {@code lock_hold_pkey}. */
    private static final String HOLDERS = """
            SELECT (:everywhere OR j.namespace = ANY (:namespaces)) AS seen, r.id AS run, j.namespace, j.name AS job, n.name AS node,
                   h.units, h.token, h.since, r.predicted_seconds, true AS live, false AS called
            FROM lock_hold h JOIN run r ON r.id = h.run_id JOIN job j ON j.id = r.job_id LEFT JOIN node n ON n.id = r.node_id
            WHERE h.lock_id = :lock ORDER BY h.token LIMIT :limit
            """;

    /** Index {@code lock_ticket_pkey}; sorted, since those that do not count stand among the others. */
    private static final String WAITERS = """
            SELECT (:everywhere OR j.namespace = ANY (:namespaces)) AS seen, r.id AS run, j.namespace, j.name AS job,
                   CAST(NULL AS text) AS node, t.units, CAST(NULL AS bigint) AS token, t.since, r.predicted_seconds, t.live,
                   NOT t.refused AS called
            FROM (SELECT * FROM lock_ticket WHERE lock_id = :lock ORDER BY key, run_id LIMIT :limit) t
            JOIN run r ON r.id = t.run_id JOIN job j ON j.id = r.job_id
            ORDER BY t.key, t.run_id
            """;

    /** Index {@code job_claiming}. */
    private static final String JOBS = """
            SELECT j.namespace, j.name, p.units
            FROM job j JOIN claim c ON c.id = j.claim_id CROSS JOIN unnest(c.locks, c.units) AS p (lock, units)
            WHERE j.claim_id IS NOT NULL AND j.archived_at IS NULL AND p.lock = :lock
              AND (:everywhere OR j.namespace = ANY (:namespaces))
            ORDER BY j.namespace, j.name LIMIT :limit
            """;

    /** A job that needs a lock. */
    public record NeedingJob(String namespace, String name, int units) {}

    /**
     * Those in {@code seen}, which may hold {@link Caller#EVERYWHERE}.
     *
     * @param text that one of the names, the description or the owner has; empty for all
     * @param busiest whether those come first for which most wait
     */
    List<ListedLock> list(Transaction transaction, Set<String> seen, String text, boolean busiest) {
        return lines(transaction, busiest ? BY_WAITING : BY_NAME, seen, null, text);
    }

    Optional<ListedLock> find(Transaction transaction, Set<String> seen, long id) {
        return lines(transaction, BY_NAME, seen, id, "").stream().findFirst();
    }

    /** In the order of their tokens. */
    List<LockUser> holders(Transaction transaction, Set<String> seen, long lock) {
        return of(transaction, HOLDERS, seen, lock, LockUser.class);
    }

    /** In their order. */
    List<LockUser> waiters(Transaction transaction, Set<String> seen, long lock) {
        return of(transaction, WAITERS, seen, lock, LockUser.class);
    }

    List<NeedingJob> jobs(Transaction transaction, Set<String> seen, long lock) {
        return of(transaction, JOBS, seen, lock, NeedingJob.class);
    }

    private static <T> List<T> of(Transaction transaction, String sql, Set<String> seen, long lock, Class<T> type) {
        return seeing(
                        transaction
                                .sql()
                                .registerRowMapper(ConstructorMapper.factory(type))
                                .createQuery(sql),
                        seen)
                .bind("lock", lock)
                .bind("limit", MOST_USERS)
                .mapTo(type)
                .list();
    }

    private static List<ListedLock> lines(Transaction transaction, String sql, Set<String> seen, Long id, String text) {
        return seeing(
                        transaction
                                .sql()
                                .registerRowMapper(ConstructorMapper.factory(ListedLock.class))
                                .createQuery(sql),
                        seen)
                .bindByType("id", id, Long.class)
                .bind("text", text)
                .mapTo(ListedLock.class)
                .list();
    }

    static Query seeing(Query query, Set<String> seen) {
        return query.bind("everywhere", seen.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(seen));
    }
}

package io.yardmaster.web.lock;

import io.yardmaster.database.Transaction;
import io.yardmaster.lock.Variables;
import io.yardmaster.web.form.Amounts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What a condition is like now.
 *
 * @param changedAt when somebody last set, reset or signalled it, and {@code changedBy} who; null if nobody has
 */
record ConditionState(Variables variables, Instant changedAt, String changedBy) {
    /** Index {@code lock_state_pkey}. */
    private static final String STATE =
            "SELECT variables, changed_at, changed_by FROM lock_state WHERE lock_id = :lock AND variables IS NOT NULL";

    /** Index {@code lock_ticket_pkey}; sorted, since those of paused queues come last. */
    private static final String WAITERS = """
            SELECT (:everywhere OR j.namespace = ANY (:namespaces)) AS seen, r.id AS run, j.namespace, j.name AS job, t.since, t.until,
                   t.otherwise, t.live, NOT t.refused AS called,
                   (SELECT w ->> 'when' FROM jsonb_array_elements(c.waits) w WHERE (w ->> 'lock')::bigint = :lock) AS predicate
            FROM (SELECT * FROM lock_ticket WHERE lock_id = :lock ORDER BY live DESC, key, run_id LIMIT :limit) t
            JOIN run r ON r.id = t.run_id JOIN job j ON j.id = r.job_id JOIN claim c ON c.id = t.claim_id
            ORDER BY t.live DESC, t.key, t.run_id
            """;

    /** Index {@code job_claiming}. */
    private static final String JOBS = """
            SELECT j.namespace, j.name, w ->> 'when' AS predicate, (w ->> 'timeout')::bigint AS seconds, w ->> 'otherwise' AS otherwise
            FROM job j JOIN claim c ON c.id = j.claim_id CROSS JOIN jsonb_array_elements(c.waits) AS w
            WHERE j.claim_id IS NOT NULL AND j.archived_at IS NULL AND (w ->> 'lock')::bigint = :lock
              AND (:everywhere OR j.namespace = ANY (:namespaces))
            ORDER BY j.namespace, j.name LIMIT :limit
            """;

    /** Index {@code job_signal_by_lock}. */
    private static final String SETTERS = """
            SELECT j.namespace, j.name, s.on_end, lower(s.act) AS act,
                (SELECT string_agg(v.key || '=' || v.value, ' ' ORDER BY v.key) FROM jsonb_each_text(s.variables) v) AS variables
            FROM job_signal s JOIN job j ON j.id = s.job_id
            WHERE s.lock_id = :lock AND j.archived_at IS NULL AND (:everywhere OR j.namespace = ANY (:namespaces))
            ORDER BY j.namespace, j.name, s.place LIMIT :limit
            """;

    /**
     * A run that waits.
     *
     * @param seen whether the caller may know which run it is
     * @param until when it has waited too long, and {@code otherwise} what becomes of it then; null if it waits for ever
     * @param live whether its queue is not paused
     * @param called whether it has its signal
     * @param predicate what it waits for; null for a signal
     */
    public record Waiter(
            boolean seen,
            long run,
            String namespace,
            String job,
            Instant since,
            Instant until,
            String otherwise,
            boolean live,
            boolean called,
            String predicate) {}

    /** A job whose runs wait for a condition, and how. */
    public record WaitingJob(String namespace, String name, String predicate, Long seconds, String otherwise) {
        /** How long they wait, as people write it; null if for ever. */
        public String timeout() {
            return seconds == null ? null : Amounts.ofSeconds(seconds);
        }
    }

    /**
     * A job whose ends change a condition, and how.
     *
     * @param variables as people write them; null if none
     */
    public record SettingJob(String namespace, String name, String onEnd, String act, String variables) {}

    /** The id of the run whose end it was that changed it last; null if it was none's. */
    public String changedByRun() {
        return changedBy != null && changedBy.matches("run [0-9]+") ? changedBy.substring("run ".length()) : null;
    }

    static ConditionState of(Transaction transaction, long lock) {
        return transaction
                .sql()
                .createQuery(STATE)
                .bind("lock", lock)
                .map((row, context) -> new ConditionState(
                        Variables.ofColumn(row.getString("variables")),
                        row.getTimestamp("changed_at") == null
                                ? null
                                : row.getTimestamp("changed_at").toInstant(),
                        row.getString("changed_by")))
                .one();
    }

    /** At most {@value ListedLocks#MOST_USERS}, in their order. */
    static List<Waiter> waiters(Transaction transaction, Set<String> seen, long lock) {
        return list(transaction, WAITERS, seen, lock, Waiter.class);
    }

    static List<WaitingJob> jobs(Transaction transaction, Set<String> seen, long lock) {
        return list(transaction, JOBS, seen, lock, WaitingJob.class);
    }

    static List<SettingJob> setters(Transaction transaction, Set<String> seen, long lock) {
        return list(transaction, SETTERS, seen, lock, SettingJob.class);
    }

    private static <T> List<T> list(Transaction transaction, String sql, Set<String> seen, long lock, Class<T> type) {
        return ListedLocks.seeing(
                        transaction
                                .sql()
                                .registerRowMapper(ConstructorMapper.factory(type))
                                .createQuery(sql),
                        seen)
                .bind("lock", lock)
                .bind("limit", ListedLocks.MOST_USERS)
                .mapTo(type)
                .list();
    }
}

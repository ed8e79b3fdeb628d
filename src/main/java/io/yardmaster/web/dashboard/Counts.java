package io.yardmaster.web.dashboard;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import io.yardmaster.web.health.Canary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/**
 * The figures on top; the canary is left out.
 *
 * @param running on a node, paused ones among them
 * @param waiting ready, or offered and not yet accepted
 * @param stopped held by somebody or blocked by something
 * @param failed ended so in the last 24 hours
 */
record Counts(long running, long waiting, long stopped, long failed) {
    /** Hot rows only. */
    private static final String UNFINISHED = """
            SELECT r.state, count(*) AS runs FROM run r
            WHERE (:anywhere OR EXISTS (SELECT FROM job j WHERE j.id = r.job_id AND j.namespace = ANY (:namespaces)))
              AND r.queue_id <> ALL (ARRAY %s)
            GROUP BY r.state
            """.formatted(Canary.QUEUES);

    /** Index {@code run_minute_pkey}, which needs the clock as one value: that of the statement. */
    private static final String FAILED_IN_A_DAY = """
            SELECT coalesce(sum(m.runs), 0) FROM run_minute m
            WHERE m.minute > statement_timestamp() - interval '24 hours' AND m.state IN ('FAILED', 'TIMED_OUT', 'UNKNOWN')
              AND (:anywhere OR EXISTS (
                  SELECT FROM queue q WHERE q.id = m.queue_id AND q.namespace = ANY (:namespaces)))
              AND m.queue_id <> ALL (ARRAY %s)
            """.formatted(Canary.QUEUES);

    /** @param namespaces of the jobs and queues to count; containing {@code *} means any */
    static Counts read(Transaction transaction, Set<String> namespaces) {
        Map<RunState, Long> unfinished = query(transaction, UNFINISHED, namespaces)
                .map((row, context) -> Map.entry(RunState.valueOf(row.getString("state")), row.getLong("runs")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Counts(
                sum(unfinished, RunState.RUNNING, RunState.PAUSED),
                sum(unfinished, RunState.QUEUED, RunState.ASSIGNED),
                sum(unfinished, RunState.HELD, RunState.BLOCKED),
                query(transaction, FAILED_IN_A_DAY, namespaces)
                        .mapTo(Long.class)
                        .one());
    }

    private static Query query(Transaction transaction, String sql, Set<String> namespaces) {
        return transaction
                .sql()
                .createQuery(sql)
                .bind("anywhere", namespaces.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(namespaces));
    }

    private static long sum(Map<RunState, Long> counts, RunState... states) {
        long sum = 0;
        for (RunState state : states) {
            sum += counts.getOrDefault(state, 0L);
        }
        return sum;
    }
}

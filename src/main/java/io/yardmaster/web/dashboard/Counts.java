package io.yardmaster.web.dashboard;

import io.yardmaster.database.Transaction;
import io.yardmaster.run.RunState;
import io.yardmaster.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures on top.
 *
 * @param running on a node, paused ones among them
 * @param waiting ready, or offered and not yet accepted
 * @param stopped held by somebody or blocked by something
 * @param failed ended so in the last 24 hours
 */
record Counts(long running, long waiting, long stopped, long failed) {
    /** Index {@code run_minute_pkey}. */
    private static final String FAILED_IN_A_DAY = """
            SELECT coalesce(sum(m.runs), 0) FROM run_minute m
            WHERE m.minute > clock_timestamp() - interval '24 hours' AND m.state IN ('FAILED', 'TIMED_OUT', 'UNKNOWN')
              AND (:anywhere OR EXISTS (
                  SELECT FROM queue q WHERE q.id = m.queue_id AND q.namespace = ANY (:namespaces)))
            """;

    static Counts of(Map<RunState, Long> unfinished, long failed) {
        return new Counts(
                sum(unfinished, RunState.RUNNING, RunState.PAUSED),
                sum(unfinished, RunState.QUEUED, RunState.ASSIGNED),
                sum(unfinished, RunState.HELD, RunState.BLOCKED),
                failed);
    }

    /** @param namespaces of the queues to count; containing {@code *} means any */
    static long failed(Transaction transaction, Set<String> namespaces) {
        return transaction
                .sql()
                .createQuery(FAILED_IN_A_DAY)
                .bind("anywhere", namespaces.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(namespaces))
                .mapTo(Long.class)
                .one();
    }

    private static long sum(Map<RunState, Long> counts, RunState... states) {
        long sum = 0;
        for (RunState state : states) {
            sum += counts.getOrDefault(state, 0L);
        }
        return sum;
    }
}

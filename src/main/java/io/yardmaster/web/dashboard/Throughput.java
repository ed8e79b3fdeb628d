package io.yardmaster.web.dashboard;

import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.web.health.Canary;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many runs ended when, and how: read from the roll-up by minute, never from history itself. The canary is left out.
 */
public final class Throughput {
    /** The runs that ended in {@code [start, start + step)}; a failure is FAILED, TIMED_OUT or UNKNOWN. */
    public record Bucket(Instant start, long succeeded, long failed, long other) {
        public long all() {
            return succeeded + failed + other;
        }
    }

    /** Index {@code run_minute_pkey}. */
    private static final String BY_STEP = """
            SELECT date_bin(:seconds * interval '1 second', m.minute, :since) AS start,
                   coalesce(sum(m.runs) FILTER (WHERE m.state = 'SUCCEEDED'), 0) AS succeeded,
                   coalesce(sum(m.runs) FILTER (WHERE m.state IN ('FAILED', 'TIMED_OUT', 'UNKNOWN')), 0) AS failed,
                   coalesce(sum(m.runs) FILTER
                       (WHERE m.state NOT IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'UNKNOWN')), 0) AS other
            FROM run_minute m
            WHERE m.minute >= :since AND m.minute < :until
              AND (:anywhere OR EXISTS (
                  SELECT FROM queue q WHERE q.id = m.queue_id AND q.namespace = ANY (:namespaces)))
              AND m.queue_id <> ALL (ARRAY %s)
            GROUP BY 1
            """.formatted(Canary.QUEUES);

    private Throughput() {}

    /**
     * @param namespaces of the queues to count; containing {@code *} means any
     * @param step a whole number of minutes
     * @return {@code steps} of them, oldest first; the last contains now and is not over yet
     */
    static List<Bucket> read(Transaction transaction, Set<String> namespaces, Duration step, int steps) {
        long seconds = step.toSeconds();
        long last = Math.floorDiv(transaction.now().getEpochSecond(), seconds) * seconds;
        Instant since = Instant.ofEpochSecond(last - (steps - 1L) * seconds);
        Map<Instant, Bucket> found = new TreeMap<>();
        transaction
                .sql()
                .createQuery(BY_STEP)
                .bind("seconds", seconds)
                .bind("since", since)
                .bind("until", Instant.ofEpochSecond(last + seconds))
                .bind("anywhere", namespaces.contains(Caller.EVERYWHERE))
                .bindArray("namespaces", String.class, List.copyOf(namespaces))
                .map((row, context) -> new Bucket(
                        row.getObject("start", OffsetDateTime.class).toInstant(),
                        row.getLong("succeeded"),
                        row.getLong("failed"),
                        row.getLong("other")))
                .forEach(bucket -> found.put(bucket.start(), bucket));
        List<Bucket> all = new ArrayList<>(steps);
        for (int i = 0; i < steps; i++) {
            Instant start = since.plusSeconds(i * seconds);
            all.add(found.getOrDefault(start, new Bucket(start, 0, 0, 0)));
        }
        return all;
    }
}

package io.yardmaster.web.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.database.Transaction;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** Runs as figures: how many wait and since when, how late the recent ones started. Read anew at each scrape. */
final class RunMetrics {
    /** Hot rows only. */
    private static final String UNFINISHED = """
            SELECT q.namespace || '/' || q.name AS queue, r.state, count(*) AS runs
            FROM run r JOIN queue q ON q.id = r.queue_id GROUP BY 1, 2
            """;

    /** Index {@code run_to_dispatch}: the head of each need of each queue. */
    private static final String OLDEST_WAIT = """
            SELECT q.namespace || '/' || q.name AS queue,
                   coalesce(extract(epoch FROM clock_timestamp() - (
                       SELECT min(head.ready_at) FROM waiting_lines(q.id) l CROSS JOIN LATERAL (
                           SELECT r.ready_at FROM run r
                           WHERE r.queue_id = q.id AND r.generation = l.generation AND r.need_id = l.need AND r.state = 'QUEUED'
                           ORDER BY r.order_key, r.id LIMIT 1) head)), 0) AS seconds
            FROM queue q
            WHERE q.archived_at IS NULL
            """;

    /** Index {@code run_history_pkey}: those made within five minutes. Never early, so never below 0. */
    private static final String LATENESS = """
            SELECT share, coalesce(percentile_cont(share) WITHIN GROUP
                       (ORDER BY extract(epoch FROM h.started_at - h.due_at)), 0) AS seconds
            FROM unnest(ARRAY[0.5, 0.95, 0.99, 1.0]) AS share
            LEFT JOIN run_history h ON h.id >= id_floor(clock_timestamp() - interval '5 minutes')
                AND h.nominal_at IS NOT NULL AND h.started_at IS NOT NULL
            GROUP BY share
            """;

    /** Primary key of {@code run_minute}: the minute that is over. */
    private static final String ENDED = """
            SELECT q.namespace || '/' || q.name AS queue, m.state, sum(m.runs) AS runs
            FROM run_minute m JOIN queue q ON q.id = m.queue_id
            WHERE m.minute = date_trunc('minute', clock_timestamp(), 'UTC') - interval '1 minute'
            GROUP BY 1, 2
            """;

    private final MultiGauge unfinished;
    private final MultiGauge oldestWait;
    private final MultiGauge lateness;
    private final MultiGauge ended;

    RunMetrics(MeterRegistry registry) {
        unfinished = gauge(registry, "yardmaster.runs", "unfinished runs by queue and state");
        oldestWait = gauge(registry, "yardmaster.queue.oldest.wait.seconds", "wait of the run at the queue's head");
        lateness = gauge(
                registry, "yardmaster.lateness.seconds", "start minus due of scheduled runs of the last five minutes");
        ended = gauge(registry, "yardmaster.runs.ended.last.minute", "runs that ended in the last whole minute");
    }

    void read(Transaction transaction) {
        unfinished.register(byQueueAndState(transaction, UNFINISHED), true);
        oldestWait.register(
                rows(
                        transaction,
                        OLDEST_WAIT,
                        (row, context) -> Row.of(Tags.of("queue", row.getString("queue")), row.getDouble("seconds"))),
                true);
        lateness.register(
                rows(
                        transaction,
                        LATENESS,
                        (row, context) ->
                                Row.of(Tags.of("quantile", row.getString("share")), row.getDouble("seconds"))),
                true);
        ended.register(byQueueAndState(transaction, ENDED), true);
    }

    private static List<Row<?>> byQueueAndState(Transaction transaction, String sql) {
        return rows(
                transaction,
                sql,
                (row, context) -> Row.of(
                        Tags.of("queue", row.getString("queue"), "state", row.getString("state")),
                        row.getLong("runs")));
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static List<Row<?>> rows(Transaction transaction, String sql, RowMapper<Row<?>> mapper) {
        return transaction.sql().createQuery(sql).map(mapper).list();
    }
}

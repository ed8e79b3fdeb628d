package io.yardmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another policy for a queue in which a hundred thousand runs wait. */
@Tag("bench")
final class PolicySwitchBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Queue.class);

    private static final int RUNS = 100_000;
    private static final Actor ADA = new Actor("ada", "127.0.0.1");

    /** Each policy as standard, and shares of a hundred runs. */
    private static final List<QueueOrder> ORDERS = Stream.concat(
                    Arrays.stream(OrderPolicy.values()).map(QueueOrder::of),
                    Stream.of(new QueueOrder("FAIR", null, null, null, null, "JOB", null)))
            .toList();

    private static final String FILL = """
            WITH j AS (
                INSERT INTO job (namespace, name, queue_id, definition)
                SELECT 'default', 'bench-' || n, q.id, '{"task": {"type": "noop"}}'
                FROM queue q, generate_series(1, 1000) n WHERE q.id = :queue RETURNING id)
            INSERT INTO run (state, job_id, job_version, queue_id, cause, due_at, order_key, ready_at, priority,
                             predicted_seconds)
            SELECT 'QUEUED', j.id, 1, :queue, 'MANUAL', now(), 1, now() - random() * interval '1 hour',
                   floor(random() * 100) - 50, random() * 100
            FROM generate_series(1, :runs / 1000), j
            """;

    // R20
    @Test
    void a_hundred_thousand_waiting_runs_have_their_new_places_within_two_seconds(Database database) {
        QueueChanges changes = new QueueChanges();
        long queue = database.inTransaction(transaction -> changes.create(
                        transaction, new QueueDraft("default", "bench", "", null, null, null, null), ADA)
                .id());
        int made = database.inTransaction(transaction -> transaction
                .sql()
                .createUpdate(FILL)
                .bind("queue", queue)
                .bind("runs", RUNS)
                .execute());
        assertThat(made).isEqualTo(RUNS);
        for (QueueOrder order : ORDERS) {
            long began = System.nanoTime();
            OrderPreview preview =
                    database.inTransaction(transaction -> OrderPreview.of(transaction, queue, order, 10));
            long previewed = System.nanoTime();
            database.useTransaction(transaction -> {
                Queue now = new Queues().locked(transaction, queue);
                QueueDraft draft = new QueueDraft("default", "bench", order.toString(), order, null, null, null);
                changes.update(transaction, queue, now.version(), draft, ADA);
            });
            long switched = System.nanoTime();
            System.out.printf(
                    "%s: previewed in %d ms (%d of %d move), switched in %d ms%n",
                    order,
                    Duration.ofNanos(previewed - began).toMillis(),
                    preview.moving(),
                    preview.waiting(),
                    Duration.ofNanos(switched - previewed).toMillis());
            assertThat(Duration.ofNanos(switched - previewed)).isLessThan(Duration.ofSeconds(2));
        }
    }
}

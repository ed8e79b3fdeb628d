package io.yardmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** By which door a run comes to wait, it stands where its queue's policy says. */
final class OrderKeyIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Queue.class);

    private static final Actor ADA = new Actor("ada", "127.0.0.1");
    private static final Instant NOMINAL = Instant.parse("2026-03-01T10:00:00Z");

    private final RunQueue door = new RunQueue();
    private final QueueChanges changes = new QueueChanges();

    /** A queue with a job whose runs have priority 5, a deadline of 600 s and a predicted duration of 20 s. */
    private record Scene(long queue, long job, long schedule, long timetable) {}

    static Stream<QueueOrder> orders() {
        return Stream.of(
                QueueOrder.FCFS,
                new QueueOrder("SJF", 3, null, null, null, null, null),
                new QueueOrder("PRIORITY", null, 30L, null, null, null, null),
                new QueueOrder("PRIORITY", null, null, true, null, null, null),
                QueueOrder.of(OrderPolicy.ROUND_ROBIN),
                QueueOrder.of(OrderPolicy.DEADLINE));
    }

    /** In terms of the columns of {@code run}, in microseconds. */
    private static String expected(QueueOrder order, int priority) {
        String ready = "(extract(epoch FROM ready_at) * 1000000)::bigint";
        return switch (order.policy()) {
            case "SJF" -> ready + " + 3 * 20 * 1000000";
            case "PRIORITY" -> ready + " - " + priority + (order.strict() ? " * 100000000000000000" : " * 30000000");
            case "DEADLINE" -> "(extract(epoch FROM due_at) * 1000000)::bigint + 600 * 1000000";
            default -> ready;
        };
    }

    @ParameterizedTest
    @MethodSource("orders")
    void a_run_stands_where_the_policy_says_whatever_door_it_came_by(QueueOrder order, Database database) {
        Scene scene = database.inTransaction(transaction -> scene(transaction, order));
        database.useTransaction(transaction -> {
            door.enqueue(transaction, new NewRun(scene.job(), Cause.manual("ada"), Map.of()));
            door.enqueueFires(transaction, List.of(NominalFire.whole(scene.timetable(), NOMINAL)));
            MadeUpFire later = new MadeUpFire(
                    scene.schedule(),
                    NOMINAL.plusSeconds(1),
                    null,
                    transaction.now().plusSeconds(99));
            door.enqueueMadeUp(transaction, Cause.Kind.CATCH_UP, List.of(later));
            BackfillRuns.enqueue(
                    transaction,
                    new BackfillRuns.Batch(
                            scene.queue(),
                            scene.job(),
                            "{}",
                            List.of(new BackfillRuns.BackfillInstant(transaction.nextId(), NOMINAL, null))));
        });
        execute(database, "UPDATE run SET wake_at = clock_timestamp() WHERE state = 'BLOCKED'");
        assertThat(database.inTransaction(door::wake)).isEqualTo(1);
        assertThat(misplaced(scene, expected(order, 5))).isZero();
        assertThat(POSTGRES.count(
                        "run WHERE state = 'QUEUED' AND priority = 5 AND deadline_at = due_at + interval '600 s'"
                                + " AND queue_id = " + scene.queue()))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void a_run_that_is_released_moved_or_reprioritised_stands_where_the_policy_says(
            QueueOrder order, Database database) {
        Scene scene = database.inTransaction(transaction -> scene(transaction, order));
        Scene other = database.inTransaction(transaction -> scene(transaction, QueueOrder.FCFS));
        long held = ask(database, scene.job(), 9);
        long moved = ask(database, other.job(), 9);
        long raised = ask(database, scene.job(), null);
        Map<Long, Integer> which = database.inTransaction(transaction -> {
            new Holding().hold(transaction, List.of(held), "ada", "");
            new Holding().release(transaction, List.of(held));
            new Moving().move(transaction, List.of(moved), scene.queue());
            return RunOrder.reprioritise(transaction, List.of(held, moved, raised), 9);
        });
        assertThat(which).containsOnlyKeys(raised);
        assertThat(misplaced(scene, expected(order, 9))).isZero();
        assertThat(POSTGRES.count("run WHERE queue_id = " + scene.queue())).isEqualTo(3);
    }

    @Test
    void what_never_succeeded_is_taken_to_last_a_minute(Database database) {
        Scene scene = database.inTransaction(
                transaction -> scene(transaction, new QueueOrder("SJF", 2, null, null, null, null, null)));
        execute(database, "DELETE FROM job_statistics");
        ask(database, scene.job(), null);
        assertThat(misplaced(scene, "(extract(epoch FROM ready_at) * 1000000)::bigint + 2 * 60 * 1000000"))
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void another_policy_is_that_of_the_waiting_runs_and_of_those_on_nodes(QueueOrder order, Database database) {
        Scene scene = database.inTransaction(transaction -> scene(transaction, QueueOrder.FCFS));
        long waiting = ask(database, scene.job(), null);
        long running = ask(database, scene.job(), null);
        database.useTransaction(
                transaction -> Rows.start(transaction, running, Rows.session(transaction, "n" + running)));
        become(database, scene, order);
        assertThat(misplaced(scene, expected(order, 5))).isZero();
        database.useTransaction(transaction -> door.giveBack(transaction, List.of(running)));
        become(database, scene, QueueOrder.FCFS);
        assertThat(misplaced(scene, expected(QueueOrder.FCFS, 5))).isZero();
        assertThat(waiting).isPositive();
    }

    // a run is born by the old policy or the new one, but none by the old one after the new one was stored
    @Test
    void a_birth_that_waits_for_a_switch_goes_by_the_new_policy(Database database) {
        QueueOrder strict = new QueueOrder("PRIORITY", null, null, true, null, null, null);
        Scene scene = database.inTransaction(transaction -> scene(transaction, QueueOrder.FCFS));
        CompletableFuture<Long> birth = database.inTransaction(transaction -> {
            Queue queue = new Queues().locked(transaction, scene.queue());
            changes.update(transaction, scene.queue(), queue.version(), ordered(queue, strict), ADA);
            CompletableFuture<Long> asking = CompletableFuture.supplyAsync(() -> ask(database, scene.job(), null));
            await().until(() -> asking.isDone() || isAwaited());
            return asking;
        });
        assertThat(birth.join()).isPositive();
        assertThat(misplaced(scene, expected(strict, 5))).isZero();
    }

    @Test
    void a_switch_waits_for_a_birth_by_the_old_policy_and_gives_it_the_new_place(Database database) {
        QueueOrder strict = new QueueOrder("PRIORITY", null, null, true, null, null, null);
        Scene scene = database.inTransaction(transaction -> scene(transaction, QueueOrder.FCFS));
        CompletableFuture<Void> change = database.inTransaction(transaction -> {
            door.enqueue(transaction, new NewRun(scene.job(), Cause.manual("ada"), Map.of()));
            CompletableFuture<Void> changing = CompletableFuture.runAsync(() -> become(database, scene, strict));
            await().until(() -> changing.isDone() || isAwaited());
            return changing;
        });
        change.join();
        assertThat(POSTGRES.count("run WHERE queue_id = " + scene.queue())).isOne();
        assertThat(misplaced(scene, expected(strict, 5))).isZero();
    }

    @Test
    void a_preview_tells_what_would_move_and_moves_nothing(Database database) {
        Scene scene = database.inTransaction(transaction -> scene(transaction, QueueOrder.FCFS));
        long first = ask(database, scene.job(), 1);
        long second = ask(database, scene.job(), 1);
        long urgent = ask(database, scene.job(), 7);
        long last = ask(database, scene.job(), 0);
        QueueOrder strict = new QueueOrder("PRIORITY", null, null, true, null, null, null);
        OrderPreview preview =
                database.inTransaction(transaction -> OrderPreview.of(transaction, scene.queue(), strict, 2));
        assertThat(preview.waiting()).isEqualTo(4);
        assertThat(preview.moving()).isEqualTo(3);
        assertThat(preview.now()).extracting(OrderPreview.Place::run).containsExactly(first, second);
        assertThat(preview.now()).extracting(OrderPreview.Place::after).containsExactly(2L, 3L);
        assertThat(preview.after()).extracting(OrderPreview.Place::run).containsExactly(urgent, first);
        assertThat(misplaced(scene, expected(QueueOrder.FCFS, 0))).isZero();
        assertThat(last).isGreaterThan(urgent);
    }

    private void become(Database database, Scene scene, QueueOrder order) {
        database.useTransaction(transaction -> {
            Queue queue = new Queues().locked(transaction, scene.queue());
            changes.update(transaction, scene.queue(), queue.version(), ordered(queue, order), ADA);
        });
    }

    private static QueueDraft ordered(Queue queue, QueueOrder order) {
        return new QueueDraft(queue.namespace(), queue.name(), "", order, null, null, null);
    }

    private Scene scene(Transaction transaction, QueueOrder order) {
        String name = "q" + transaction.nextId();
        long queue = changes.create(transaction, new QueueDraft("default", name, "", order, null, null, null), ADA)
                .id();
        long job = one(transaction, """
                INSERT INTO job (namespace, name, queue_id, definition) VALUES ('default', '%s', %d,
                    '{"task": {"type": "noop"}, "rules": {"priority": 5, "deadline": 600}}') RETURNING id
                """.formatted(name, queue));
        transaction.sql().execute("INSERT INTO job_statistics (job_id, mean_seconds) VALUES (?, 20)", job);
        long timetable = one(
                transaction,
                "INSERT INTO timetable (kind, expression, zone) VALUES ('CRON', '%s', 'UTC') RETURNING id"
                        .formatted("0 0 10 * * ? " + (2000 + job % 90) + "," + job));
        return new Scene(queue, job, Rows.schedule(transaction, job, timetable, NOMINAL.minusSeconds(9)), timetable);
    }

    private long ask(Database database, long job, Integer priority) {
        return database.inTransaction(transaction ->
                door.enqueue(transaction, new NewRun(job, null, Cause.manual("ada"), Map.of(), priority)));
    }

    private static long misplaced(Scene scene, String key) {
        return POSTGRES.count("run WHERE order_key <> " + key + " AND queue_id = " + scene.queue());
    }

    private static long one(Transaction transaction, String sql) {
        return transaction.sql().createQuery(sql).mapTo(Long.class).one();
    }

    private static void execute(Database database, String sql) {
        database.useTransaction(transaction -> transaction.sql().execute(sql));
    }

    private static boolean isAwaited() {
        return POSTGRES.count("pg_locks WHERE NOT granted") > 0;
    }
}

package io.yardmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.run.Cause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class QueuesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Queue.class);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Actor ADA = new Actor("ada", "127.0.0.1");

    private final Queues queues = new Queues();
    private final QueueChanges changes = new QueueChanges();

    @Test
    void a_new_queue_can_be_dispatched_from(Database database) {
        Queue queue = create(database, "fresh");
        assertThat(queue.version()).isZero();
        long states = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM queue_state WHERE queue_id = :queue")
                .bind("queue", queue.id())
                .mapTo(Long.class)
                .one());
        assertThat(states).isEqualTo(1);
    }

    @Test
    void the_default_queue_stays(Database database) {
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    Queue queue = queues.get(transaction, "default", "default");
                    changes.archive(transaction, queue.id(), queue.version(), ADA);
                }))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("it stays");
    }

    @Test
    void a_queue_that_jobs_name_stays_until_they_are_gone(Database database) {
        Queue queue = create(database, "used");
        execute(database, """
                INSERT INTO job (namespace, name, queue_id, definition)
                SELECT 'default', 'user', id, '{"task": {"type": "noop"}}' FROM queue WHERE name = 'used'""");
        assertThatThrownBy(() -> archive(database, queue))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("is used by default/user");
        execute(database, "UPDATE job SET archived_at = clock_timestamp() WHERE name = 'user'");
        archive(database, queue);
        OptionalLong held = database.inTransaction(transaction -> queues.hold(transaction, "default", "used"));
        assertThat(held).isEmpty();
    }

    // R22: nobody would give them out, and no page would show where they wait
    @Test
    void a_queue_in_which_runs_wait_stays_until_they_have_ended(Database database) {
        Queue queue = create(database, "left");
        execute(database, """
                WITH moved AS (
                    INSERT INTO job (namespace, name, queue_id, definition)
                    SELECT 'default', 'moved', id, '{"task": {"type": "noop"}}' FROM queue WHERE name = 'default'
                    RETURNING id)
                INSERT INTO run (state, job_id, job_version, queue_id, cause, due_at, order_key, ready_at)
                SELECT 'QUEUED', moved.id, 1, queue.id, 'MANUAL', now(), 1, now() FROM moved, queue
                WHERE queue.name = 'left'""");
        assertThatThrownBy(() -> archive(database, queue))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("default/left has runs that have not ended (1)");
        execute(database, "DELETE FROM run");
        archive(database, queue);
    }

    // R22: what was asked for in that moment goes to the job's other queue, or nowhere if it has none
    @Test
    void a_run_that_is_asked_for_while_its_queue_is_archived_does_not_get_into_it(Database database) {
        for (String fate : List.of("archived_at = clock_timestamp()", "queue_id = " + standard(database))) {
            Queue queue = create(database, "going-" + fate.length());
            long job = job(database, queue);
            CompletableFuture<Long> asked = database.inTransaction(transaction -> {
                queues.locked(transaction, queue.id());
                CompletableFuture<Long> asking = CompletableFuture.supplyAsync(() -> ask(database, job));
                await().until(() -> asking.isDone() || isAwaited(database));
                execute(database, "UPDATE job SET " + fate + " WHERE id = " + job);
                changes.archive(transaction, queue.id(), queue.version(), ADA);
                return asking;
            });
            boolean gone = fate.startsWith("archived");
            assertThat(asked).as(fate).satisfies(run -> {
                if (gone) {
                    assertThat(run).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(Missing.class);
                } else {
                    assertThat(run).succeedsWithin(PATIENCE);
                }
            });
            assertThat(runsIn(database, queue)).as(fate).isZero();
        }
    }

    private static long standard(Database database) {
        return database.inTransaction(transaction ->
                new Queues().get(transaction, "default", "default").id());
    }

    private static long job(Database database, Queue queue) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("""
                        INSERT INTO job (namespace, name, queue_id, definition)
                        VALUES ('default', :name, :queue, '{"task": {"type": "noop"}}') RETURNING id
                        """)
                .bind("name", "of-" + queue.name())
                .bind("queue", queue.id())
                .mapTo(Long.class)
                .one());
    }

    private static long ask(Database database, long job) {
        return database.inTransaction(
                transaction -> new RunQueue().enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of())));
    }

    private static boolean isAwaited(Database database) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                .mapTo(Boolean.class)
                .one());
    }

    private static long runsIn(Database database, Queue queue) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM run WHERE queue_id = :queue")
                .bind("queue", queue.id())
                .mapTo(Long.class)
                .one());
    }

    @Test
    void pausing_twice_is_one_change(Database database) {
        Queue queue = create(database, "paused");
        database.useTransaction(transaction -> changes.pause(transaction, queue.id(), ADA));
        Queue paused = database.inTransaction(transaction -> changes.pause(transaction, queue.id(), ADA));
        assertThat(paused.paused()).isTrue();
        assertThat(paused.version()).isEqualTo(1);
        assertThat(database.inTransaction(transaction -> changes.resume(transaction, queue.id(), ADA))
                        .paused())
                .isFalse();
    }

    @Test
    void a_lost_update_is_refused(Database database) {
        Queue queue = create(database, "lost");
        QueueDraft heavier = new QueueDraft("default", "lost", "", null, null, null, new QueueLimits(5, null, 7));
        database.useTransaction(transaction -> changes.update(transaction, queue.id(), 0, heavier, ADA));
        QueueDraft other = new QueueDraft("default", "lost", "", null, null, null, new QueueLimits(5, 9, 7));
        assertThatThrownBy(() ->
                        database.useTransaction(transaction -> changes.update(transaction, queue.id(), 0, other, ADA)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("version 1");
    }

    @Test
    void a_policy_that_is_unknown_is_named_with_those_that_are_not(Database database) {
        QueueOrder unknown = new QueueOrder("LIFO", null, null, null, null, null, null);
        QueueDraft draft = new QueueDraft("default", "odd", "", unknown, null, null, new QueueLimits(0, 0, 0));
        assertThatThrownBy(() -> database.useTransaction(transaction -> changes.create(transaction, draft, ADA)))
                .isInstanceOf(Invalid.class)
                .hasMessageContainingAll("policy: is one of [FCFS, SJF", "maxRunning", "maxWaiting", "weight");
    }

    private Queue create(Database database, String name) {
        QueueDraft draft = new QueueDraft("default", name, "", null, null, null, null);
        return database.inTransaction(transaction -> changes.create(transaction, draft, ADA));
    }

    private void archive(Database database, Queue queue) {
        database.useTransaction(transaction -> changes.archive(transaction, queue.id(), queue.version(), ADA));
    }

    private static void execute(Database database, String sql) {
        database.useTransaction(transaction -> transaction.sql().execute(sql));
    }
}

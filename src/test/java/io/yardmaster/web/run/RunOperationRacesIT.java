package io.yardmaster.web.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Role;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two operators do with one run at the same moment, and what the audit tells of it afterwards. */
final class RunOperationRacesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

    private static final Caller ROOT = new Caller(2, new Actor("root", null), Map.of(Caller.EVERYWHERE, Role.ADMIN));

    private Database database;
    private RunOperations operations;
    private long run;

    @BeforeEach
    void waiting(Database given) {
        database = given;
        operations = new RunOperations(
                new RunActions(new Jobs(List.of()), new RunQueue()),
                new io.yardmaster.dispatch.Yard(database).dispatching().forceClose());
        run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "j" + System.nanoTime())));
    }

    // the second one changed what the first one had made of it
    @Test
    void a_changed_priority_is_told_with_the_one_that_it_replaced() {
        atOnce(
                transaction -> operations.reprioritise(transaction, run, 7, "", ROOT),
                transaction -> operations.reprioritise(transaction, run, 9, "", ROOT));
        assertThat(told("from")).containsExactly("0", "7");
        assertThat(told("to")).containsExactly("7", "9");
    }

    @Test
    void a_moved_run_is_told_with_the_queue_that_it_left() {
        Yard.in(POSTGRES, yard -> yard.queue("shop", "first") + yard.queue("shop", "second"));
        atOnce(
                transaction -> operations.move(transaction, run, "shop/first", ROOT),
                transaction -> operations.move(transaction, run, "shop/second", ROOT));
        assertThat(told("from")).containsExactly("default/default", "shop/first");
        assertThat(told("to")).containsExactly("shop/first", "shop/second");
    }

    /** The second begins while the first is not committed, and comes to wait for it. */
    private void atOnce(Consumer<Transaction> first, Consumer<Transaction> second) {
        CompletableFuture<Void> other = database.inTransaction(transaction -> {
            first.accept(transaction);
            CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> database.useTransaction(second));
            await().until(() ->
                    POSTGRES.count("pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
                            > 0);
            return begun;
        });
        other.join();
    }

    private List<String> told(String what) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(
                        "SELECT detail ->> :what FROM audit_entry WHERE subject_kind = 'run' AND subject = CAST(:run AS text) ORDER BY id")
                .bind("what", what)
                .bind("run", run)
                .mapTo(String.class)
                .list());
    }
}

package io.yardmaster.web.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.BulkWork;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunAct;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.RunFilter;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Role;
import io.yardmaster.web.health.Canary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs are moved to queues that a job may name: those that one operates, and the default one. */
final class MoveTargetsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

    private static final Caller OTTO = new Caller(
            1, new Actor("otto", null), Map.of("shop", Role.OPERATOR, "bank", Role.OPERATOR, "mint", Role.VIEWER));
    private static final Caller ROOT = new Caller(2, new Actor("root", null), Map.of(Caller.EVERYWHERE, Role.ADMIN));

    private static RunOperations operations;

    private Database database;
    private long run;

    @BeforeAll
    static void queues() {
        Database database = POSTGRES.database();
        operations = new RunOperations(
                new RunActions(new Jobs(List.of()), new RunQueue()),
                new io.yardmaster.dispatch.Yard(database).dispatching().forceClose());
        database.useTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            List.of("shop", "bank", "mint").forEach(namespace -> yard.queue(namespace, "night"));
            yard.queue("system", "canary");
        });
    }

    @BeforeEach
    void waiting(Database given) {
        database = given;
        run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "j" + System.nanoTime())));
    }

    // S3: who only sees a queue fills it with nothing
    @Test
    void a_run_is_moved_to_a_queue_that_one_operates_or_to_the_default_one() {
        assertThatThrownBy(() -> move("mint/night", OTTO))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("queue");
        for (String to : List.of("bank/night", "default/default", "shop/night")) {
            move(to, OTTO);
            assertThat(place()).isEqualTo(to);
        }
        List<String> targets = database.inTransaction(transaction -> operations.targets(transaction, OTTO));
        assertThat(targets).containsExactly("bank/night", "default/default", "shop/night");
    }

    // what waits there for long is cancelled by the canary
    @Test
    void nothing_is_moved_to_the_canarys_queue() {
        assertThatThrownBy(() -> move(Canary.QUEUE, ROOT)).isInstanceOf(Invalid.class);
    }

    // S3: each batch asks again
    @Test
    void a_bulk_move_ends_once_the_right_to_its_target_is_lost() {
        BulkDesk desk = new BulkDesk(operations, () -> {});
        BulkDesk.Wish wish = new BulkDesk.Wish(
                RunAct.MOVE,
                RunFilter.any().in(Set.of("shop")),
                "",
                new BulkDesk.Particulars("", "bank/night", null),
                null);
        long act = database.inTransaction(transaction -> desk.start(transaction, wish, OTTO));
        new BulkWork(database, new RunQueue(), (transaction, account) -> Set.of("shop")).turn();
        assertThat(POSTGRES.count("bulk_act WHERE refused AND id = " + act)).isOne();
        assertThat(place()).isEqualTo("default/default");
        long again = database.inTransaction(transaction -> desk.start(transaction, wish, OTTO));
        new BulkWork(database, new RunQueue(), (transaction, account) -> OTTO.namespaces(Permission.OPERATE)).turn();
        assertThat(POSTGRES.count("bulk_act WHERE NOT refused AND id = " + again))
                .isOne();
        assertThat(place()).isEqualTo("bank/night");
    }

    private void move(String to, Caller caller) {
        database.useTransaction(transaction -> operations.move(transaction, run, to, caller));
    }

    private String place() {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(
                        "SELECT namespace || '/' || name FROM queue WHERE id = (SELECT queue_id FROM run WHERE id = :run)")
                .bind("run", run)
                .mapTo(String.class)
                .one());
    }
}

package io.yardmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunMinuteIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private final AttemptEnds ends = new AttemptEnds(List.of());

    // pain 5: one row for all reports of a minute would let them through one by one
    @Test
    void reports_over_two_connections_do_not_wait_for_each_other(Database database) {
        long session = database.inTransaction(transaction -> Rows.session(transaction, "mill"));
        long first = started(database, "first", session);
        long second = started(database, "second", session);
        database.useTransaction(transaction -> {
            end(transaction, first);
            elsewhere(database, shard(transaction), other -> end(other, second));
        });
        assertThat(count(database, "SELECT sum(runs) FROM run_minute WHERE state = 'SUCCEEDED'"))
                .isEqualTo(2);
    }

    /** In a transaction of a connection whose shard is not {@code taken}. A thread has one transaction at a time. */
    private static void elsewhere(Database database, int taken, Consumer<Transaction> work) {
        FutureTask<Void> task = new FutureTask<>(
                () -> database.useTransaction(transaction -> {
                    if (shard(transaction) == taken) {
                        elsewhere(database, taken, work);
                    } else {
                        work.accept(transaction);
                    }
                }),
                null);
        new Thread(task, "another-connection").start();
        try {
            task.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static int shard(Transaction transaction) {
        return transaction
                .sql()
                .createQuery("SELECT pg_backend_pid() % 4")
                .mapTo(Integer.class)
                .one();
    }

    private static long started(Database database, String job, long session) {
        return database.inTransaction(transaction -> {
            NewRun wanted = new NewRun(Rows.job(transaction, job), Cause.manual("ada"), Map.of());
            long run = new RunQueue().enqueue(transaction, wanted);
            Rows.start(transaction, run, session);
            return run;
        });
    }

    private void end(Transaction transaction, long run) {
        ends.end(transaction, List.of(new AttemptEnd(run, 1, RunState.SUCCEEDED, 0, null, null, null, Instant.now())));
    }

    private static long count(Database database, String sql) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(sql).mapTo(Long.class).one());
    }
}

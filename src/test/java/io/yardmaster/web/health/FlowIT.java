package io.yardmaster.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.NewRun;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.Queues;
import io.yardmaster.queue.Rows;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.run.RunState;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.trigger.SharedTimetable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FlowIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private final RunQueue runs = new RunQueue();
    private final Schedules schedules = new Schedules(runs);
    private final Jobs jobs = new Jobs(List.of(schedules));
    private final Canary canary = new Canary(new Queues(), jobs, schedules, new Cancellation());

    @BeforeEach
    void only_the_canary(Database database) {
        canary.ensure(database);
        canary.ensure(database);
        execute(database, "DELETE FROM run");
        execute(database, "DELETE FROM run_history");
        execute(database, "DELETE FROM fire");
        execute(database, "UPDATE schedule SET effective_from = clock_timestamp()");
    }

    @Test
    void a_new_canary_is_under_way_and_one_that_came_through_says_that_runs_flow(Database database) {
        assertThat(flow(database).state()).isEqualTo(Flow.State.STARTING);
        long run = asked(database);
        database.useTransaction(transaction -> {
            Rows.start(transaction, run, Rows.session(transaction, "north"));
            new AttemptEnds(List.of())
                    .end(
                            transaction,
                            List.of(new AttemptEnd(
                                    run, 1, RunState.SUCCEEDED, 0, null, null, null, transaction.now())));
        });
        assertThat(flow(database).state()).isEqualTo(Flow.State.FLOWING);
    }

    @Test
    void the_hop_that_failed_is_named(Database database) {
        execute(database, "UPDATE schedule SET effective_from = clock_timestamp() - interval '1 hour'");
        assertThat(flow(database).hop()).isEqualTo(Flow.Hop.FIRE);
        execute(database, """
                INSERT INTO fire (timetable_id, nominal_at, fired_at, runs)
                SELECT timetable_id, clock_timestamp(), clock_timestamp() + interval '1s', 1 FROM schedule
                """);
        long run = asked(database);
        assertThat(flow(database).hop()).isEqualTo(Flow.Hop.DISPATCH);
        database.useTransaction(transaction -> Rows.start(transaction, run, Rows.session(transaction, "south")));
        assertThat(flow(database).hop()).isEqualTo(Flow.Hop.EXECUTE);
        execute(database, "UPDATE run SET state = 'ASSIGNED', generation = NULL");
        assertThat(flow(database).hop()).isEqualTo(Flow.Hop.ACCEPT);
    }

    @Test
    void canaries_that_waited_in_vain_are_swept_away(Database database) {
        asked(database);
        database.useTransaction(canary::sweep);
        assertThat(count(database)).isOne();
        execute(database, "UPDATE run SET created_at = created_at - interval '4 minutes'");
        database.useTransaction(canary::sweep);
        assertThat(count(database)).isZero();
    }

    private long asked(Database database) {
        return database.inTransaction(transaction -> runs.enqueue(
                transaction,
                new NewRun(jobs.get(transaction, "system", "canary").id(), Cause.manual("ada"), Map.of())));
    }

    private static Flow flow(Database database) {
        return database.inTransaction(Flow::read);
    }

    private static void execute(Database database, String sql) {
        database.useTransaction(transaction -> transaction.sql().execute(sql));
    }

    private static long count(Database database) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM run")
                .mapTo(Long.class)
                .one());
    }
}

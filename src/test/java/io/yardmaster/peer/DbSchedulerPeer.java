package io.yardmaster.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

final class DbSchedulerPeer implements Peer {
    /** How it gets at what is due, see its documentation of polling strategies. */
    enum Polling {
        LOCK_AND_FETCH,
        FETCH_AND_LOCK
    }

    /** As its documentation has it for PostgreSQL. */
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS scheduled_tasks (
                task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
                last_success timestamptz, last_failure timestamptz, consecutive_failures int,
                last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
                PRIMARY KEY (task_name, task_instance));
            CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            """;

    private final Polling polling;

    DbSchedulerPeer(Polling polling) {
        this.polling = polling;
    }

    @Override
    public String name() {
        return polling == Polling.LOCK_AND_FETCH
                ? "db-scheduler, lock and fetch"
                : "db-scheduler, fetch and lock on execute";
    }

    @Override
    public AutoCloseable start(DataSource database, int jobs) throws SQLException {
        makeTable(database);
        List<RecurringTask<Void>> tasks = IntStream.range(0, jobs)
                .mapToObj(job -> Tasks.recurring("burst-" + job, new CronSchedule("*/" + Starts.EVERY + " * * * * *"))
                        .execute((instance, context) -> Starts.one()))
                .toList();
        Scheduler scheduler = polling(Scheduler.create(database).startTasks(tasks));
        scheduler.start();
        return scheduler::stop;
    }

    @Override
    public Filled fill(DataSource database, int jobs) throws SQLException {
        makeTable(database);
        OneTimeTask<Void> task = Tasks.oneTime("drain").execute((instance, context) -> Starts.one());
        Scheduler scheduler = polling(Scheduler.create(database, task));
        Instant due = Instant.now();
        scheduler.scheduleBatch(IntStream.range(0, jobs).mapToObj(job -> task.instance(Integer.toString(job))), due);
        return () -> {
            scheduler.start();
            return scheduler::stop;
        };
    }

    private Scheduler polling(SchedulerBuilder builder) {
        builder.threads(THREADS).pollingInterval(Duration.ofSeconds(1));
        return switch (polling) {
            case LOCK_AND_FETCH -> builder.pollUsingLockAndFetch(1.0, 4.0).build();
            case FETCH_AND_LOCK -> builder.pollUsingFetch(0.5, 3.0).build();
        };
    }

    private static void makeTable(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }
}

package io.yardmaster.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;

final class DbSchedulerPeer implements Peer {
    /** As its documentation has it for PostgreSQL. */
    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
                task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
                last_success timestamptz, last_failure timestamptz, consecutive_failures int,
                last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
                PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            """;

    @Override
    public String name() {
        return "db-scheduler";
    }

    @Override
    public AutoCloseable start(DataSource database, int jobs) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        List<RecurringTask<Void>> tasks = IntStream.range(0, jobs)
                .mapToObj(job -> Tasks.recurring("burst-" + job, new CronSchedule("*/" + Starts.EVERY + " * * * * *"))
                        .execute((instance, context) -> Starts.one()))
                .toList();
        Scheduler scheduler = Scheduler.create(database)
                .startTasks(tasks)
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(Duration.ofSeconds(1))
                .build();
        scheduler.start();
        return scheduler::stop;
    }
}

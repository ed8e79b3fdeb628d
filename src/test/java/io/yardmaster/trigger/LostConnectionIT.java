package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.yardmaster.Log;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** R12: that the database went away is told once, also if Quartz was inside of a transaction. */
final class LostConnectionIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    /** Longer than Quartz waits before it tries again what it must not leave undone. */
    private static final Duration SOON = Duration.ofSeconds(40);

    private final Log log = new Log();
    private Scene scene;
    private AlarmClock alarms;

    @BeforeEach
    void set(Database database) {
        scene = Scene.empty(database);
        database.useTransaction(transaction -> transaction
                .sql()
                .execute("DELETE FROM quartz.qrtz_fired_triggers; DELETE FROM quartz.qrtz_simprop_triggers;"
                        + " DELETE FROM quartz.qrtz_triggers"));
        alarms = new AlarmClock(database, scene.server(), "one");
        alarms.check();
        log.start();
    }

    @AfterEach
    void stop() {
        log.stop();
        alarms.close();
    }

    @Test
    void quartz_goes_on_and_logs_nothing_when_its_transactions_are_cut_off() throws SQLException {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        alarms.check();
        await().until(() -> !scene.runs(schedule).isEmpty());
        try (Connection holder = holdLocks()) {
            await().until(() -> cutOff() > 0);
            holder.rollback();
        }
        int fired = scene.runs(schedule).size();
        await().atMost(SOON).until(() -> scene.runs(schedule).size() > fired + 3);
        assertNothingIsLogged();
    }

    @Test
    void alarms_are_set_later_and_nothing_is_logged_when_setting_them_is_cut_off() throws SQLException {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        try (Connection holder = holdLocks()) {
            CompletableFuture<Void> check = CompletableFuture.runAsync(alarms::check);
            await().until(() -> {
                cutOff();
                return check.isDone();
            });
            holder.rollback();
        }
        assertThat(scene.runs(schedule)).isEmpty();
        alarms.check();
        await().atMost(SOON).until(() -> !scene.runs(schedule).isEmpty());
        assertNothingIsLogged();
    }

    private void assertNothingIsLogged() {
        assertThat(log.traces()).isEmpty();
        assertThat(log.linesFrom(Level.WARN)).isEmpty();
    }

    /** Whoever of Quartz begins a transaction waits for them inside of it. */
    private static Connection holdLocks() throws SQLException {
        Connection holder = POSTGRES.connectAsOwner();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("SELECT * FROM quartz.qrtz_locks FOR UPDATE");
        }
        return holder;
    }

    /** Returns how many connections that waited for the locks were ended. */
    private long cutOff() {
        return scene.count("pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                + " AND query ILIKE 'SELECT * FROM quartz.qrtz_locks%' AND pg_terminate_backend(pid)");
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.DatabaseUnavailable;
import io.yardmaster.database.PostgresExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R22: a server that freezes inside a transaction holds nobody up for longer than its role's limits
final class FrozenServerIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @Test
    void a_queue_that_a_frozen_server_has_locked_is_served_again_within_seconds(Database database) throws SQLException {
        Yard yard = new Yard(database);
        yard.clear();
        DatabaseSettings server = POSTGRES.settings();
        try (Connection frozen = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            statement.execute("SELECT * FROM queue_state FOR UPDATE");
            yard.place(1);
            long run = yard.runs(yard.noop(), null, 1).get(0);
            yard.dispatchOnce();
            assertThat(yard.state(run)).isEqualTo("QUEUED");
            await().atMost(Duration.ofSeconds(8)).until(() -> {
                yard.dispatchOnce();
                return "ASSIGNED".equals(yard.state(run));
            });
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
    }

    // a real process, stopped after its offers are written and before they are committed
    @Test
    void what_a_stopped_process_was_offering_is_offered_by_another_and_not_twice(Database database) throws Exception {
        Yard yard = new Yard(database);
        yard.clear();
        Yard.Place place = yard.place(10);
        // the process takes its time to start
        yard.silence(place.session(), -300);
        yard.runs(yard.noop(), null, 10);
        Process frozen = freezing();
        try (BufferedReader told = frozen.inputReader()) {
            assertThat(told.lines().filter(line -> line.startsWith("offered")).findFirst())
                    .contains("offered 10");
            signal(frozen, "STOP");
            yard.dispatchOnce();
            assertThat(yard.count(OFFERED)).isZero();
            await().atMost(Duration.ofSeconds(8)).until(() -> {
                yard.dispatchOnce();
                return yard.count(OFFERED) == 10;
            });
            assertThat(yard.acceptAll(place)).hasSize(10);
            signal(frozen, "CONT");
            frozen.getOutputStream().write('\n');
            frozen.getOutputStream().flush();
            assertThat(frozen.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(frozen.exitValue()).as("its commit is refused").isEqualTo(3);
        } finally {
            frozen.destroyForcibly();
        }
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'RUNNING' AND epoch = 1"))
                .isEqualTo(10);
    }

    private static final String OFFERED = "SELECT count(*) FROM run WHERE state = 'ASSIGNED' AND epoch = 1";

    private static Process freezing() throws IOException {
        DatabaseSettings server = POSTGRES.settings();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FreezingServer.class.getName(),
                server.url(),
                server.user());
        builder.environment().put("PASSWORD", server.password());
        return builder.redirectErrorStream(true).start();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    // R9: a lost node is not given another lease because one of several servers froze as it beat
    @Test
    void a_server_that_freezes_as_it_beats_does_not_make_the_pulse_stale(Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        Pulse pulse = new Pulse(LeaseTimes.of(Duration.ofSeconds(20), Duration.ofSeconds(2)));
        assertThatThrownBy(() -> database.useTransaction(frozen -> {
                    pulse.beat(frozen);
                    CompletableFuture.runAsync(() -> database.useTransaction(pulse::beat))
                            .join();
                }))
                // of which the log has a line, not a trace for each loop that stood still
                .isInstanceOf(DatabaseUnavailable.class);
        assertThat(yard.count("SELECT count(*) FROM pulse WHERE grace_until <= clock_timestamp()"
                        + " AND beaten_at > clock_timestamp() - interval '2 s'"))
                .isEqualTo(1);
    }
}

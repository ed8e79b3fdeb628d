package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.Program;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.PostgresExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real WAR, started as people start it: what cannot work is said in one line. */
final class CommandsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @TempDir
    Path directory;

    @Test
    void version_and_help_are_told() {
        assertThat(succeeded(Map.of(), "--version")).isEqualTo("Yardmaster 0.1.0-SNAPSHOT\n");
        assertThat(succeeded(Map.of(), "--help")).contains("server", "migrate", "--server.port");
    }

    @Test
    void an_unknown_flag_is_refused() {
        assertThat(refused(2, Map.of(), "--server.prot=1"))
                .isEqualTo("yardmaster: Unknown option: '--server.prot=1' (see yardmaster --help)\n");
    }

    @Test
    void an_unknown_variable_is_refused() {
        assertThat(refused(1, Map.of("YARDMASTER_SERVER_PROT", "1"), "server"))
                .isEqualTo("yardmaster: there is no setting for the environment variable YARDMASTER_SERVER_PROT: "
                        + "did you mean 'YARDMASTER_SERVER_PORT'?\n");
    }

    @Test
    void a_bad_value_is_refused() {
        assertThat(refused(1, Map.of(), "server", "--server.port=many"))
                .isEqualTo("yardmaster: server.port is 'many' but must be a number from 1 to 65535\n");
    }

    @Test
    void a_server_without_a_database_is_refused() {
        assertThat(refused(1, Map.of(), "server")).startsWith("yardmaster: database.url is not set");
    }

    @Test
    void a_database_that_does_not_answer_is_named() {
        String url = "jdbc:postgresql://127.0.0.1:" + Program.freePort() + "/yardmaster";
        Map<String, String> hurried =
                Map.of("YARDMASTER_DATABASE_URL", url, "YARDMASTER_DATABASE_PATIENCE_SECONDS", "0");
        assertThat(refused(1, hurried, "server", data(), port()))
                .startsWith("yardmaster: the database cannot be reached: ")
                .containsOnlyOnce("\n");
        assertThat(refused(1, hurried, "migrate"))
                .startsWith("yardmaster: the database cannot be reached: ")
                .containsOnlyOnce("\n");
    }

    @Test
    void a_schema_is_migrated_by_command_and_refused_when_older_or_newer() throws SQLException {
        DatabaseSettings empty = PostgresExtension.emptyDatabase();
        Map<String, String> environment = environment(empty);
        assertThat(refused(1, environment, "server", data(), port()))
                .startsWith("yardmaster: the schema lacks ")
                .endsWith(" migrations: run 'yardmaster migrate'\n");
        assertThat(succeeded(environment, "migrate")).startsWith("applied ");
        assertThat(succeeded(environment, "migrate")).isEqualTo("nothing to do\n");
        try (Connection connection = DriverManager.getConnection(empty.url(), empty.user(), empty.password());
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO flyway_schema_history
                    VALUES (999, '999', 'of the future', 'SQL', 'V999__of_the_future.sql', 0, 'x', now(), 0, true)""");
        }
        assertThat(refused(1, environment, "server", data(), port()))
                .isEqualTo("yardmaster: the schema is at version 999, newer than this program: "
                        + "start the newer version instead\n");
    }

    @Test
    void a_condition_is_set_by_command_and_what_does_not_fit_is_refused() throws SQLException {
        Map<String, String> environment = databaseOf();
        DatabaseSettings database = POSTGRES.settings();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    WITH l AS (
                        INSERT INTO lock (namespace, name, kind, variables)
                        VALUES ('default', 'by-command', 'CONDITION', '{"day": "", "files": 0}') RETURNING id, variables)
                    INSERT INTO lock_state (lock_id, variables) SELECT id, variables FROM l""");
        }
        assertThat(succeeded(environment, "condition", "set", "by-command", "files=3", "day=2 Nov"))
                .isEqualTo("default/by-command: day=2 Nov files=3 (runs called: 0)\n");
        assertThat(refused(1, environment, "condition", "signal", "default/by-command", "files=many"))
                .isEqualTo("yardmaster: variables.files: is a whole number\n");
        assertThat(refused(1, environment, "condition", "reset", "default/nowhere"))
                .isEqualTo("yardmaster: there is no lock default/nowhere\n");
        assertThat(refused(2, environment, "condition", "shout", "by-command"))
                .contains("expected one of", "(see yardmaster condition --help)");
        assertThat(refused(1, environment, "condition", "reset", "by-command", "files=1"))
                .isEqualTo("yardmaster: a reset gives the first values back: leave the variables out\n");
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refused(1, databaseOf(), "server", data(), "--server.port=" + taken.getLocalPort()))
                    .startsWith("yardmaster: 127.0.0.1 port " + taken.getLocalPort() + " cannot be listened on")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    void a_data_directory_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(refused(1, databaseOf(), "server", "--data.directory=" + file.resolve("below"), port()))
                .startsWith("yardmaster: data.directory is " + file.resolve("below") + ", which cannot be written")
                .containsOnlyOnce("\n");
    }

    @Test
    void a_second_process_on_a_data_directory_is_refused_and_ctrl_c_ends_the_first() {
        int port = Program.freePort();
        try (Program first = Program.smallWar(directory, databaseOf(), "server", data(), "--server.port=" + port)) {
            first.awaitStatus("http://127.0.0.1:" + port + "/health/ready", 200);
            assertThat(refused(1, databaseOf(), "server", data(), port()))
                    .startsWith("yardmaster: another Yardmaster uses " + directory.resolve("data"))
                    .contains("process " + first.handle().pid())
                    .containsOnlyOnce("\n");
            first.signal("INT");
            assertThat(first.awaitExit()).isEqualTo(130);
        }
    }

    @Test
    void beyond_loopback_a_server_speaks_tls() {
        int port = Program.freePort();
        try (Program server = Program.smallWar(
                directory, databaseOf(), "server", data(), "--server.address=0.0.0.0", "--server.port=" + port)) {
            server.awaitStatus("http://127.0.0.1:" + port + "/health/live", 400);
            assertThat(directory.resolve("data/tls/server.p12")).exists();
        }
    }

    private Map<String, String> databaseOf() {
        return environment(POSTGRES.settings());
    }

    private static Map<String, String> environment(DatabaseSettings database) {
        return Map.of(
                "YARDMASTER_DATABASE_URL", database.url(),
                "YARDMASTER_DATABASE_USER", database.user(),
                "YARDMASTER_DATABASE_PASSWORD", database.password());
    }

    private String data() {
        return "--data.directory=" + directory.resolve("data");
    }

    private static String port() {
        return "--server.port=" + Program.freePort();
    }

    private String succeeded(Map<String, String> environment, String... arguments) {
        try (Program program = Program.smallWar(directory, environment, arguments)) {
            assertThat(program.awaitExit()).as(program::output).isZero();
            return program.output();
        }
    }

    private String refused(int code, Map<String, String> environment, String... arguments) {
        try (Program program = Program.smallWar(directory, environment, arguments)) {
            assertThat(program.awaitExit()).as(program::output).isEqualTo(code);
            return program.output();
        }
    }
}

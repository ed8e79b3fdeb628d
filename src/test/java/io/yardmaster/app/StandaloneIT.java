package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedules;
import io.yardmaster.web.definition.Definitions;
import io.yardmaster.web.definition.DocumentReader;
import io.yardmaster.web.definition.Format;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar yardmaster.war}: everything on one machine. */
final class StandaloneIT {
    private static final String EVERY_SECOND = """
            kind: job
            namespace: test
            name: greet
            task:
              type: shell
              script: echo hello
            schedules:
            - name: every-second
              cron: "* * * * * ?"
            """;

    private static final String SUCCEEDED = """
            SELECT count(*) FROM run_history r JOIN job j ON j.id = r.job_id JOIN node n ON n.id = r.node_id
            WHERE j.name = 'greet' AND n.name = 'local' AND r.state = 'SUCCEEDED'
            """;

    private static final String LIVE_NODES = """
            SELECT count(*) FROM node n JOIN node_session s ON s.node_id = n.id
            WHERE n.name = 'local' AND s.state = 'LIVE'
            """;

    @TempDir
    Path directory;

    @Test
    void ctrl_c_leaves_no_process_and_a_second_start_finds_the_data() throws Exception {
        int port = Program.freePort();
        assertStartsAndEnds(port, "INT", 130);
        Path cluster = directory.resolve("data/postgres/data/PG_VERSION");
        Object made = Files.getLastModifiedTime(cluster);
        assertStartsAndEnds(port, "TERM", 143);
        assertThat(Files.getLastModifiedTime(cluster)).isEqualTo(made);
    }

    @Test
    void ctrl_c_while_starting_leaves_no_process() {
        try (Program program = start(Program.freePort())) {
            await().until(() -> Files.exists(directory.resolve("data/postgres/roles.properties")));
            program.signal("INT");
            assertThat(program.awaitExit()).isNotZero();
        }
        assertNothingIsLeft();
    }

    private void assertStartsAndEnds(int port, String signal, int code) {
        try (Program program = start(port)) {
            program.awaitStatus("http://127.0.0.1:" + port + "/health/ready", 200);
            List<ProcessHandle> descendants = program.handle().descendants().toList();
            assertThat(descendants).isNotEmpty();
            program.signal(signal);
            assertThat(program.awaitExit()).as(program::output).isEqualTo(code);
            assertThat(descendants).noneMatch(ProcessHandle::isAlive);
        }
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        await().untilAsserted(() -> assertThat(ProcessHandle.allProcesses())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(directory.toString())));
    }

    @Test
    void the_local_worker_runs_what_is_due_and_history_outlives_a_start() throws Exception {
        int port = Program.freePort();
        int postgres = Program.freePort();
        try (Program program = start(port, postgres)) {
            program.awaitStatus("http://127.0.0.1:" + port + "/health/ready", 200);
            try (Database database = database(postgres)) {
                apply(database, EVERY_SECOND);
                awaitFigure(database, SUCCEEDED, figure -> figure >= 2);
                apply(database, EVERY_SECOND + "enabled: false\n");
            }
            program.signal("INT");
            assertThat(program.awaitExit()).as(program::output).isEqualTo(130);
        }
        assertNothingIsLeft();
        try (Program program = start(port, postgres)) {
            program.awaitStatus("http://127.0.0.1:" + port + "/health/ready", 200);
            try (Database database = database(postgres)) {
                assertThat(figure(database, SUCCEEDED)).isGreaterThanOrEqualTo(2);
                awaitFigure(database, LIVE_NODES, figure -> figure == 1);
                assertThat(figure(database, "SELECT count(*) FROM node")).isOne();
            }
        }
    }

    /** The embedded database, as the server's role. */
    private Database database(int port) throws IOException {
        Properties roles = new Properties();
        try (Reader file = Files.newBufferedReader(directory.resolve("data/postgres/roles.properties"))) {
            roles.load(file);
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/yardmaster";
        String role = "yardmaster_server";
        return DatabaseOpener.open(new DatabaseSettings(url, role, roles.getProperty(role), 5), Composition.ENTITIES);
    }

    private static void apply(Database database, String job) {
        Schedules schedules = new Schedules(new RunQueue());
        Definitions definitions = new Definitions(new Jobs(List.of(schedules)), schedules);
        Caller caller = new Caller(0, Actor.system("test"), Map.of(Caller.EVERYWHERE, Role.ADMIN));
        database.useTransaction(
                transaction -> definitions.applyAll(transaction, DocumentReader.readAll(job, Format.YAML), caller));
    }

    private static void awaitFigure(Database database, String query, LongPredicate wanted) {
        await().atMost(Duration.ofSeconds(60)).until(() -> wanted.test(figure(database, query)));
    }

    private static long figure(Database database, String query) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(query).mapTo(Long.class).one());
    }

    private Program start(int port) {
        return start(port, 0);
    }

    private Program start(int port, int postgres) {
        return Program.war(
                directory,
                Map.of(),
                "--data.directory=" + directory.resolve("data"),
                "--server.port=" + port,
                "--database.embedded.port=" + postgres);
    }
}

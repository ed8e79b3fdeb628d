package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar yardmaster.war}: everything on one machine. */
final class StandaloneIT {
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
        Path ofEarlierProgram = directory.resolve("data/postgres/pgsql-0123456789ab");
        Files.createFile(
                Files.createDirectories(ofEarlierProgram.resolve("bin")).resolve("postgres"));
        assertStartsAndEnds(port, "TERM", 143);
        assertThat(Files.getLastModifiedTime(cluster)).isEqualTo(made);
        assertThat(ofEarlierProgram).doesNotExist();
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
            try (EmbeddedYard yard = EmbeddedYard.in(directory.resolve("data"), postgres)) {
                yard.apply(EmbeddedYard.EVERY_SECOND);
                yard.awaitFigure(EmbeddedYard.SUCCEEDED, figure -> figure >= 2);
                yard.apply(EmbeddedYard.EVERY_SECOND + "enabled: false\n");
            }
            program.signal("INT");
            assertThat(program.awaitExit()).as(program::output).isEqualTo(130);
        }
        assertNothingIsLeft();
        try (Program program = start(port, postgres)) {
            program.awaitStatus("http://127.0.0.1:" + port + "/health/ready", 200);
            try (EmbeddedYard yard = EmbeddedYard.in(directory.resolve("data"), postgres)) {
                assertThat(yard.figure(EmbeddedYard.SUCCEEDED)).isGreaterThanOrEqualTo(2);
                yard.awaitFigure(LIVE_NODES, figure -> figure == 1);
                assertThat(yard.figure("SELECT count(*) FROM node")).isOne();
            }
        }
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

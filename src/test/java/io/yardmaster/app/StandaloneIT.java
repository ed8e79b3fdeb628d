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
            await().until(() -> Files.exists(directory.resolve("data/postgres/pgsql")));
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

    private Program start(int port) {
        return Program.war(
                directory, Map.of(), "--data.directory=" + directory.resolve("data"), "--server.port=" + port);
    }
}

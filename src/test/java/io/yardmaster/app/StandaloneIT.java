package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private static final String STORE_PASSWORD = "only-for-this-test";

    @TempDir
    Path directory;

    @Test
    void ctrl_c_while_starting_leaves_no_process() {
        try (Program program = start(Program.freePort(), 0, Map.of())) {
            await().until(() -> Files.exists(directory.resolve("data/postgres/roles.properties")));
            program.signal("INT");
            assertThat(program.awaitExit()).isNotZero();
        }
        assertNothingIsLeft();
    }

    private static void assertEnds(Program program, String signal, int code) {
        List<ProcessHandle> descendants = program.handle().descendants().toList();
        assertThat(descendants).isNotEmpty();
        program.signal(signal);
        assertThat(program.awaitExit()).as(program::output).isEqualTo(code);
        assertThat(descendants).noneMatch(ProcessHandle::isAlive);
    }

    private void assertNothingIsLeft() {
        await().untilAsserted(() -> assertThat(ProcessHandle.allProcesses())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(directory.toString())));
    }

    /** Under TLS, by certificates for names that are not 127.0.0.1 and that no authority has signed. */
    @Test
    void the_local_worker_runs_what_is_due_and_a_second_start_finds_all_and_neither_leaves_a_process()
            throws Exception {
        int port = Program.freePort();
        int postgres = Program.freePort();
        try (Program program = startWithCertificate("first.example.org", port, postgres)) {
            program.awaitOutput("Yardmaster is ready");
            try (EmbeddedYard yard = EmbeddedYard.in(directory.resolve("data"), postgres)) {
                yard.apply(EmbeddedYard.EVERY_SECOND);
                yard.awaitFigure(EmbeddedYard.SUCCEEDED, figure -> figure >= 2);
                yard.apply(EmbeddedYard.EVERY_SECOND + "enabled: false\n");
            }
            assertEnds(program, "INT", 130);
        }
        assertNothingIsLeft();
        Path cluster = directory.resolve("data/postgres/data/PG_VERSION");
        Object made = Files.getLastModifiedTime(cluster);
        Path ofEarlierProgram = directory.resolve("data/postgres/pgsql-0123456789ab");
        Files.createFile(
                Files.createDirectories(ofEarlierProgram.resolve("bin")).resolve("postgres"));
        try (Program program = startWithCertificate("second.example.org", port, postgres)) {
            program.awaitOutput("Yardmaster is ready");
            try (EmbeddedYard yard = EmbeddedYard.in(directory.resolve("data"), postgres)) {
                assertThat(yard.figure(EmbeddedYard.SUCCEEDED)).isGreaterThanOrEqualTo(2);
                yard.awaitFigure(LIVE_NODES, figure -> figure == 1);
                assertThat(yard.figure("SELECT count(*) FROM node")).isOne();
            }
            assertEnds(program, "TERM", 143);
        }
        assertNothingIsLeft();
        assertThat(Files.getLastModifiedTime(cluster)).isEqualTo(made);
        assertThat(ofEarlierProgram).doesNotExist();
    }

    private Program start(int port, int postgres, Map<String, String> environment) {
        return Program.smallWar(
                directory,
                environment,
                "--data.directory=" + directory.resolve("data"),
                "--server.port=" + port,
                "--database.embedded.port=" + postgres);
    }

    private Program startWithCertificate(String host, int port, int postgres) throws Exception {
        String keystore = directory.resolve(host + ".p12").toString();
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> made = List.of("-genkeypair", "-alias", "web", "-keyalg", "EC", "-dname", "CN=" + host);
        List<String> command = new ArrayList<>(List.of(keytool, "-keystore", keystore, "-storepass", STORE_PASSWORD));
        command.addAll(made);
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        Map<String, String> environment = Map.of(
                "YARDMASTER_SERVER_TLS_KEYSTORE", keystore,
                "YARDMASTER_SERVER_TLS_KEYSTORE_PASSWORD", STORE_PASSWORD);
        return start(port, postgres, environment);
    }
}

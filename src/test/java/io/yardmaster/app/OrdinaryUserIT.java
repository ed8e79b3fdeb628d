package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything on one machine as {@code nobody}, for a build that runs as root. */
final class OrdinaryUserIT {
    private static final int NOBODY = 65_534;
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");

    @TempDir
    Path directory;

    @BeforeEach
    void giveAway() throws IOException, InterruptedException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "not root: the other tests run as an ordinary user already");
        assumeTrue(exit("setpriv", "--version") == 0, "there is no setpriv to become an ordinary user with");
        Files.setAttribute(directory, "unix:uid", NOBODY);
        List<String> read = new ArrayList<>(AS_NOBODY);
        read.addAll(List.of("test", "-r", Program.warFile().toString()));
        assumeTrue(exit(read.toArray(String[]::new)) == 0, "an ordinary user cannot read " + Program.warFile());
    }

    @Test
    void an_ordinary_user_runs_jobs_and_leaves_no_process() throws IOException {
        int port = Program.freePort();
        int postgres = Program.freePort();
        Map<String, String> environment = Map.of(
                "HOME", directory.toString(),
                "YARDMASTER_CACHE", directory.resolve("cache").toString());
        try (Program program = Program.run(directory, environment, command(port, postgres))) {
            program.awaitStatus("http://127.0.0.1:" + port + "/health/ready", 200);
            List<ProcessHandle> descendants = program.handle().descendants().toList();
            assertThat(descendants)
                    .isNotEmpty()
                    .allSatisfy(process -> assertThat(process.info().user()).contains("nobody"));
            try (EmbeddedYard yard = EmbeddedYard.in(directory.resolve("data"), postgres)) {
                yard.apply(EmbeddedYard.EVERY_SECOND);
                yard.awaitFigure(EmbeddedYard.SUCCEEDED, figure -> figure >= 2);
            }
            program.signal("TERM");
            assertThat(program.awaitExit()).as(program::output).isEqualTo(143);
            assertThat(descendants).noneMatch(ProcessHandle::isAlive);
        }
        await().untilAsserted(() -> assertThat(ProcessHandle.allProcesses())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(directory.toString())));
    }

    private List<String> command(int port, int postgres) {
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.addAll(List.of(
                Program.java(),
                "-jar",
                Program.warFile().toString(),
                "--data.directory=" + directory.resolve("data"),
                "--server.port=" + port,
                "--database.embedded.port=" + postgres));
        return command;
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            return -1;
        }
    }
}

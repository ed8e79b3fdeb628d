package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts take from a command is its answer, such as a token or a code, and never a line of the log. */
final class StandardOutputTest {
    @TempDir
    private Path directory;

    @Test
    void what_a_command_logs_is_not_among_what_it_answers() throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Yardmaster.class.getName(),
                        "node",
                        "join-code",
                        "--database.url=jdbc:postgresql://127.0.0.1:1/nowhere",
                        "--database.patience-seconds=4")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(command.waitFor()).isEqualTo(1);
        assertThat(Files.readString(err)).contains("WARN", "asked again for 4 s");
        assertThat(out).isEmptyFile();
    }
}

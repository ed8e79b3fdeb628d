package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostmasterFileTest {
    @TempDir
    Path data;

    @Test
    void a_number_that_is_another_processs_by_now_is_disowned_and_the_rest_kept() throws IOException {
        Path file = data.resolve("postmaster.pid");
        Files.writeString(
                file, ProcessHandle.current().pid() + "\n/data\n1700000000\n5432\n\n127.0.0.1\n  1  2\nready\n");
        assertThat(new PostmasterFile(data).running()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("4194304\n/data\n1700000000\n5432\n\n127.0.0.1\n  1  2\nready\n");
        assertThat(new PostmasterFile(data).running()).isEmpty();
    }

    @Test
    void a_process_that_works_in_the_directory_is_the_postmaster() throws Exception {
        Process process =
                new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
        try {
            Files.writeString(data.resolve("postmaster.pid"), process.pid() + "\n/data\n1\n5432\n");
            assertThat(new PostmasterFile(data).running()).contains(process.toHandle());
        } finally {
            process.destroyForcibly();
        }
    }
}

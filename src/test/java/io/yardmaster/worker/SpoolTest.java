package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
    @TempDir
    Path directory;

    @Test
    void what_cannot_be_read_is_put_aside_once_and_kept() throws IOException {
        Path damaged = Files.createDirectory(directory.resolve("17-2"));
        Files.writeString(damaged.resolve("report.json"), "{\"outcome\":");
        assertThat(Spool.open(directory).isEmpty()).isTrue();
        assertThat(Spool.open(directory).isEmpty()).isTrue();
        assertThat(directory).isDirectoryContaining("glob:**/damaged-17-2");
        assertThat(directory.toFile().list()).hasSize(1);
        assertThat(directory.resolve("damaged-17-2/report.json")).exists();
    }
}

package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void what_cannot_be_read_is_put_aside_once_and_kept() throws IOException {
        damage(17);
        assertThat(open().isEmpty()).isTrue();
        assertThat(open().isEmpty()).isTrue();
        assertThat(names()).containsExactly("damaged-17-2");
        assertThat(directory.resolve("damaged-17-2/cuts")).exists();
    }

    @Test
    void what_was_put_aside_does_not_stay_for_ever() throws IOException {
        damage(17);
        open();
        now = now.plus(Quarantine.LONGEST);
        damage(18);
        open();
        assertThat(names()).containsExactly("damaged-17-2", "damaged-18-2");
        now = now.plus(Duration.ofSeconds(1));
        open();
        assertThat(names()).containsExactly("damaged-18-2");
    }

    // a disk that damages everything must not fill up with it
    @Test
    void only_the_latest_of_what_was_put_aside_stay() throws IOException {
        for (int run = 100; run < 102 + Quarantine.MOST; run++) {
            damage(run);
            open();
            now = now.plusSeconds(1);
        }
        assertThat(names())
                .hasSize(Quarantine.MOST)
                .startsWith("damaged-102-2")
                .doesNotContain("damaged-100-2", "damaged-101-2");
    }

    private Spool open() throws IOException {
        return Spool.open(directory, () -> now);
    }

    private void damage(int run) throws IOException {
        Path damaged = Files.createDirectory(directory.resolve(run + "-2"));
        Files.createDirectory(damaged.resolve("cuts"));
    }

    private List<String> names() throws IOException {
        try (var found = Files.list(directory)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}

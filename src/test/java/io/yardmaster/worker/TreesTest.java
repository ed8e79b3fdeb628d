package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreesTest {
    @TempDir
    private Path directory;

    // S19: a task that nests deeper than a path can be long would keep its worker from ever starting again
    @Test
    void what_is_nested_deeper_than_a_path_can_be_long_is_deleted() throws IOException {
        Path root = Files.createDirectory(directory.resolve("attempts"));
        Path nested = Files.createDirectory(directory.resolve("innermost"));
        Files.writeString(nested.resolve("file"), "kept by nobody");
        for (int level = 0; level < 100; level++) {
            Path around = Files.createDirectory(directory.resolve("around-" + level));
            Files.move(nested, around.resolve("n".repeat(200)));
            nested = around;
        }
        Files.move(nested, root.resolve("work"));
        Trees.delete(root);
        assertThat(root).doesNotExist();
    }

    @Test
    void what_is_closed_to_its_owner_is_deleted_and_what_links_lead_to_is_not() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("file"), "stays");
        Path root = Files.createDirectory(directory.resolve("attempts"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        Path closed =
                Files.createDirectories(root.resolve("closed").resolve("below")).getParent();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Trees.delete(root);
        assertThat(root).doesNotExist();
        assertThat(outside.resolve("file")).exists();
    }

    // S14: beside what cannot be deleted lie the parameters of a task
    @Test
    void what_cannot_be_deleted_keeps_nothing_else() throws Exception {
        Path root = Files.createDirectory(directory.resolve("attempts"));
        for (int attempt = 1; attempt <= 3; attempt++) {
            Path work = Files.createDirectories(root.resolve(attempt + "-1").resolve("work"));
            Files.writeString(work.resolveSibling("environment"), "export password='s3cret'");
            Files.createDirectories(work.resolve("a").resolve("b"));
        }
        Path kept = Files.writeString(root.resolve("2-1").resolve("work").resolve("kept"), "");
        try (Immutable immutable = Immutable.make(kept)) {
            assertThatThrownBy(() -> Trees.delete(root)).hasMessageContaining(kept.toString());
            try (Stream<Path> left = Files.walk(root)) {
                assertThat(left).containsOnly(root, root.resolve("2-1"), kept.getParent(), kept);
            }
        }
        Trees.delete(root);
        assertThat(root).doesNotExist();
    }
}

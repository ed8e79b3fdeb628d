package io.yardmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.Program;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an upgraded WAR finds of the one before it. */
final class WarCacheIT {
    @TempDir
    Path directory;

    @Test
    void an_unpacked_war_is_removed_once_no_process_uses_it() throws IOException {
        Path newer = Files.copy(Program.warFile(), directory.resolve("newer.war"));
        try (FileSystem content = FileSystems.newFileSystem(newer)) {
            Files.writeString(content.getPath("version.txt"), "2");
        }
        String older;
        // dials a server that is not there until it is stopped
        try (Program worker = start(
                Program.warFile(),
                "worker",
                "--worker.servers=http://127.0.0.1:1",
                "--worker.directory=" + directory.resolve("worker"))) {
            worker.awaitOutput("asked again");
            older = unpacked().get(0);
            Files.createDirectories(cache().resolve("unpacking-crashed/WEB-INF"));
            assertThat(version(newer)).startsWith("Yardmaster ");
            assertThat(unpacked()).hasSize(2).contains(older);
            assertThat(version(Program.warFile())).startsWith("Yardmaster ");
            assertThat(unpacked()).containsExactly(older);
            version(newer);
        }
        assertThat(version(newer)).startsWith("Yardmaster ");
        assertThat(unpacked()).hasSize(1).doesNotContain(older);
    }

    private String version(Path war) {
        try (Program program = start(war, "--version")) {
            assertThat(program.awaitExit()).as(program::output).isZero();
            return program.output();
        }
    }

    private Program start(Path war, String... arguments) {
        Map<String, String> environment =
                Map.of("YARDMASTER_CACHE", cache().toString(), "YARDMASTER_WORKER_JOIN_CODE", "of-no-use");
        return Program.run(
                directory,
                environment,
                Stream.concat(Stream.of(Program.java(), "-jar", war.toString()), Stream.of(arguments))
                        .toList());
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    /** The directories in the cache. */
    private List<String> unpacked() throws IOException {
        try (Stream<Path> found = Files.list(cache())) {
            return found.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }
}

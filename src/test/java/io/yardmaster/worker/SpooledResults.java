package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a worker has on disk of results, as another process may see it. */
final class SpooledResults {
    private SpooledResults() {}

    static boolean contain(Path worker, RunRef ref) throws IOException {
        try (Stream<Path> found = Files.list(worker.resolve("spool"))) {
            for (Path file : found.filter(path -> path.getFileName().toString().startsWith("results-"))
                    .toList()) {
                if (Files.readString(file).contains("\"" + ref.run() + "\"")) {
                    return true;
                }
            }
            return false;
        }
    }
}

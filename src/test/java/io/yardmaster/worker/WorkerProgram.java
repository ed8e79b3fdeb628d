package io.yardmaster.worker;

import io.yardmaster.protocol.JoinCode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker alone in its JVM, to be killed by tests. Arguments: data directory, server. */
final class WorkerProgram {
    private WorkerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        Worker worker =
                new Worker(WorkerSettings.of(Path.of(arguments[0]), List.of(URI.create(arguments[1])), "north", 4)
                        .joiningWith(JoinCode.parse(TestServer.CODE))
                        .timed(Duration.ofSeconds(1), Duration.ofMillis(250)));
        worker.start();
        worker.awaitEnd();
    }
}

package io.yardmaster.worker;

import io.yardmaster.protocol.JoinCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker alone in its JVM, to be killed by tests. Arguments: data directory, server, slots. */
final class WorkerProgram {
    private WorkerProgram() {}

    static Process launch(Path directory, URI server, int slots) throws IOException {
        return new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProgram.class.getName(),
                        directory.toString(),
                        server.toString(),
                        Integer.toString(slots)))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("worker.log").toFile())
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        Worker worker = new Worker(WorkerSettings.of(
                        Path.of(arguments[0]),
                        List.of(URI.create(arguments[1])),
                        "north",
                        Integer.parseInt(arguments[2]))
                .joiningWith(JoinCode.parse(TestServer.CODE))
                .timed(Duration.ofSeconds(1), Duration.ofMillis(250)));
        worker.start();
        worker.awaitEnd();
    }
}

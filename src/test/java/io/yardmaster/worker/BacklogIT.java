package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.JoinCode;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.Timing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that finds what an earlier one could not deliver. */
final class BacklogIT {
    private static final RunRef REF = new RunRef("17", 3);
    private static final int LINES = 500;

    @TempDir
    Path directory;

    private TestServer server;
    private Worker worker;

    @BeforeEach
    void leave() throws Exception {
        server = new TestServer(Timing.STANDARD);
        SpooledAttempt attempt = Spool.open(OwnerOnly.directory(directory.resolve("spool")), InstantSource.system())
                .create(REF, Assignments.OUTPUT_LIMIT);
        for (int line = 0; line < LINES; line++) {
            byte[] bytes = line(line).getBytes(StandardCharsets.US_ASCII);
            attempt.output().append(bytes, bytes.length);
            attempt.output().next();
            attempt.output().acknowledged();
        }
        attempt.finish(SpooledReport.of(Result.succeeded(), 0, 0, null));
        worker = new Worker(WorkerSettings.of(directory, List.of(server.address()), "north", 4)
                .joiningWith(JoinCode.parse(TestServer.CODE)));
    }

    @AfterEach
    void stop() throws Exception {
        worker.drainAndStop(Duration.ZERO);
        server.close();
    }

    // what a chatty task printed was cut at every line; nobody waits for more between two that are long there
    @Test
    void many_small_chunks_do_not_keep_a_result_waiting() {
        worker.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> server.reportOf(REF) != null);
        assertThat(server.reportOf(REF).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(server.outputOf(REF))
                .asString(StandardCharsets.US_ASCII)
                .startsWith(line(0))
                .endsWith(line(LINES - 1));
        assertThat(server.violations).isEmpty();
    }

    private static String line(int number) {
        return "line " + number + "\n";
    }
}

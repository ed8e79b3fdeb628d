package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.yardmaster.Log;
import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.JoinCode;
import io.yardmaster.protocol.OutputRequest.Chunk;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.Timing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// R13: a worker whose disk is full cuts outputs, says so, reports each result, and goes on when there is room
final class DiskFullIT {
    private static final int DISK = 1_048_576;
    private static final int PRINTED = 30_000_000;
    /** A few at the edge of what fits; a task that prints much must not make one of every few bytes. */
    private static final int MOST_CHUNKS = 20;

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private final Log log = new Log();
    private TestServer server;
    private Worker worker;

    @BeforeEach
    void start() throws Exception {
        int code = run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", directory.toString());
        assumeThat(code).as("only root may mount a small disk").isZero();
        log.start();
        server = new TestServer(Timing.STANDARD.dividedBy(4));
        worker = new Worker(WorkerSettings.of(directory, List.of(server.address()), "north", 4)
                .joiningWith(JoinCode.parse(TestServer.CODE))
                .timed(Duration.ofSeconds(1), Duration.ofMillis(250)));
        worker.start();
        await().until(() -> !server.heartbeats.isEmpty());
    }

    @AfterEach
    void stop() throws Exception {
        if (worker != null) {
            try {
                worker.drainAndStop(Duration.ZERO);
            } finally {
                server.close();
                log.stop();
                run("umount", directory.toString());
            }
        }
    }

    @Test
    void the_output_is_cut_with_a_notice_and_the_result_is_reported() {
        // nothing leaves the disk before it is full
        server.deliveryStatus = 503;
        Assignment printing = Assignments.script("head -c " + PRINTED + " /dev/zero | tr '\\0' x; exit 7");
        server.offer(printing);
        await().until(() -> directory.toFile().getUsableSpace() < 16_384);
        server.deliveryStatus = 0;
        Report report = reported(printing);
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.exitCode()).isEqualTo(7);
        assertThat(report.outputBytes()).isEqualTo(PRINTED);
        long gap = gap(printing);
        assertThat(gap).isGreaterThan(PRINTED - DISK);
        assertThat(server.outputOf(printing.ref())).hasSize((int) (PRINTED - gap));
        assertThat(server.chunksOf(printing.ref())).hasSizeLessThan(MOST_CHUNKS);
        assertThat(server.violations).isEmpty();
    }

    @Test
    void what_is_printed_when_there_is_room_again_follows_the_gap() throws Exception {
        Path go = elsewhere.resolve("go");
        Path ballast = fill(DISK / 4);
        Assignment printing = Assignments.script("head -c " + DISK + " /dev/zero | tr '\\0' x\n" + "until [ -e " + go
                + " ]; do sleep 0.1; done; echo there is room again");
        server.deliveryStatus = 503;
        server.offer(printing);
        await().until(() -> directory.toFile().getUsableSpace() < 16_384);
        Files.delete(ballast);
        Files.createFile(go);
        server.deliveryStatus = 0;
        assertThat(reported(printing).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(gap(printing)).isPositive();
        assertThat(new String(server.outputOf(printing.ref()), StandardCharsets.US_ASCII))
                .endsWith("xthere is room again\n");
        assertThat(server.violations).isEmpty();
    }

    @Test
    void a_worker_that_cannot_write_of_its_next_session_begins_it_when_there_is_room() throws Exception {
        Path ballast = fill(0);
        server.giveUpSession();
        int before = server.registrations.size();
        await().until(() -> log.linesFrom(Level.WARN).stream().anyMatch(line -> line.contains("cannot be written")));
        Files.delete(ballast);
        await().until(() -> server.registrations.size() > before);
        Assignment after = Assignments.script("echo there is room again");
        server.offer(after);
        assertThat(reported(after).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    private Report reported(Assignment assignment) {
        await().until(() -> server.reportOf(assignment.ref()) != null);
        return server.reportOf(assignment.ref());
    }

    private long gap(Assignment assignment) {
        return server.chunksOf(assignment.ref()).stream().mapToLong(Chunk::gap).sum();
    }

    /** Takes all of the disk but {@code left} bytes. */
    private Path fill(int left) throws Exception {
        byte[] all = new byte[(int) directory.toFile().getUsableSpace() - left];
        return Files.write(directory.resolve("ballast"), all);
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}

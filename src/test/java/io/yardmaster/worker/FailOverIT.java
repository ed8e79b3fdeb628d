package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.JoinCode;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.Timing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// R9: the server that a worker talks to dies in the middle of a task, and another one of the cluster is there
final class FailOverIT {
    private static final int LINES = 60;

    @TempDir
    Path directory;

    private TestServer cluster;
    private LossyProxy first;
    private Worker worker;

    @BeforeEach
    void start() throws Exception {
        cluster = new TestServer(Timing.STANDARD.dividedBy(4));
        first = new LossyProxy(cluster.address());
        // an answer to a registration is lost on this way; not the one that matters here
        first.registrations.incrementAndGet();
        worker = new Worker(
                WorkerSettings.of(directory.resolve("worker"), List.of(first.address(), cluster.address()), "north", 4)
                        .joiningWith(JoinCode.parse(TestServer.CODE)));
        worker.start();
    }

    @AfterEach
    void stop() throws Exception {
        worker.drainAndStop(Duration.ZERO);
        first.close();
        cluster.close();
    }

    @Test
    void the_task_is_not_disturbed_and_all_of_it_arrives_at_the_other() throws Exception {
        Path started = directory.resolve("started");
        Assignment task = Assignments.script("echo x >>" + started + "; n=1; while [ $n -le " + LINES
                + " ]; do echo line $n; n=$((n+1)); sleep 0.05; done; exit 3");
        cluster.offer(task);
        await().until(() -> cluster.outputOf(task.ref()).length > 0);
        int beats = cluster.heartbeats.size();
        first.close();
        assertThat(cluster.reportOf(task.ref())).isNull();
        await().atMost(Duration.ofSeconds(15)).until(() -> cluster.reportOf(task.ref()) != null);
        assertThat(cluster.reportOf(task.ref()).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(cluster.reportOf(task.ref()).exitCode()).isEqualTo(3);
        assertThat(cluster.outputOf(task.ref()))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(printed());
        assertThat(Files.readAllLines(started)).as("starts").hasSize(1);
        assertThat(cluster.heartbeats).hasSizeGreaterThan(beats);
        assertThat(cluster.registrations).as("sessions").hasSize(1);
        assertThat(cluster.violations).isEmpty();
    }

    private static String printed() {
        return IntStream.rangeClosed(1, LINES)
                .mapToObj(line -> "line " + line + "\n")
                .collect(Collectors.joining());
    }
}

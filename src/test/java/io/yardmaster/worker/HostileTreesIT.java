package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.protocol.Timing;
import io.yardmaster.task.ShellTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks whose processes do all that processes can do to outlive them. */
@Tag("soak")
final class HostileTreesIT {
    private static final int TREES = Integer.getInteger("soak.trees", 200);
    private static final int AT_ONCE = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** No other process of the machine sleeps exactly so long. It stays when a process loses its name and its environment. */
    private static final String MARK = "86461.25";
    /** Of one tree, besides its shells. */
    private static final int SLEEPERS = 9;

    private static final String TREE = """
            trap '' TERM HUP INT
            sleep MARK &
            (sleep MARK &)
            (setsid sh -c 'trap "" TERM; sleep MARK & exec sleep MARK' &)
            (setsid env -i /bin/sleep MARK &)
            sh -c 'exec sleep MARK <&- >&- 2>&-' &
            set -m; sleep MARK & set +m
            cp /bin/sleep "$YARDMASTER_OUTPUT.kworker"; "$YARDMASTER_OUTPUT.kworker" MARK &
            (setsid sh -c 'trap "" TERM; for n in 1 2 3 4 5 6 7 8 9; do sleep MARK & wait $!; done' &)
            sleep 0.3
            echo up
            """.replace("MARK", MARK);

    private static final String FOR_EVER = TREE + "while :; do sleep 1; done\n";

    /** How the task of such a tree ends. */
    private enum End {
        SUCCESS(TREE + "exit 0\n", 0, Outcome.SUCCEEDED),
        FAILURE(TREE + "exit 3\n", 0, Outcome.FAILED),
        CANCEL(FOR_EVER, 0, Outcome.CANCELLED),
        TIMEOUT(FOR_EVER, 10_000, Outcome.TIMED_OUT),
        WORKER_KILLED(FOR_EVER, 0, null);

        final String script;
        final long timeoutMillis;
        final Outcome outcome;

        End(String script, long timeoutMillis, Outcome outcome) {
            this.script = script;
            this.timeoutMillis = timeoutMillis;
            this.outcome = outcome;
        }
    }

    @TempDir
    Path directory;

    private TestServer server;
    private Process worker;

    @BeforeEach
    void start() throws IOException {
        assumeThat(Containment.probe().kind()).isEqualTo(Containment.Kind.PID_NAMESPACE);
        server = new TestServer(Timing.STANDARD);
        worker = WorkerProgram.launch(directory, server.address(), AT_ONCE);
    }

    @AfterEach
    void stop() throws Exception {
        worker.destroyForcibly().waitFor();
        server.close();
        assertThat(new Leftovers(directory.toRealPath()).end(5_000)).isTrue();
    }

    // R15
    @ParameterizedTest
    @EnumSource(End.class)
    void two_hundred_trees_leave_nothing(End end) throws Exception {
        long slowest = 0;
        for (int begun = 0; begun < TREES; begun += AT_ONCE) {
            List<Assignment> trees = Stream.generate(() -> Assignments.of(
                            new ShellTask(end.script, "sh"), Map.of(), end.timeoutMillis, Assignments.OUTPUT_LIMIT))
                    .limit(AT_ONCE)
                    .toList();
            trees.forEach(server::offer);
            trees.forEach(tree -> await().atMost(LIMIT).until(() -> isUp(tree)));
            end(end, trees);
            long ended = System.nanoTime();
            await(end + ": survivors").atMost(Duration.ofSeconds(5)).until(() -> survivors() == 0);
            slowest = Math.max(slowest, System.nanoTime() - ended);
        }
        assertThat(survivors()).isZero();
        System.out.printf(
                "%d trees ended by %s: the last process gone %d ms later at most%n",
                TREES, end, Duration.ofNanos(slowest).toMillis());
    }

    /** Returns when the worker told their ends or is dead. */
    private void end(End end, List<Assignment> trees) throws Exception {
        if (end == End.CANCEL || end == End.WORKER_KILLED) {
            assertThat(survivors()).isGreaterThanOrEqualTo(SLEEPERS * AT_ONCE);
        }
        if (end == End.WORKER_KILLED) {
            worker.destroyForcibly().waitFor();
            worker = WorkerProgram.launch(directory, server.address(), AT_ONCE);
            return;
        }
        if (end == End.CANCEL) {
            trees.forEach(tree -> server.cancel(tree.ref()));
        }
        for (Assignment tree : trees) {
            await().atMost(LIMIT).until(() -> server.reportOf(tree.ref()) != null);
            assertThat(server.reportOf(tree.ref())).extracting(Report::outcome).isEqualTo(end.outcome);
        }
    }

    private boolean isUp(Assignment tree) {
        byte[] output = server.outputOf(tree.ref());
        return output != null && new String(output, StandardCharsets.UTF_8).contains("up\n");
    }

    /** Not by what the product knows of them, but by what the kernel does. */
    private static long survivors() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(MARK))
                .count();
    }
}

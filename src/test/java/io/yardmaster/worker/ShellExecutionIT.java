package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Report.Outcome;
import io.yardmaster.task.ShellTask;
import io.yardmaster.worker.Signals.Signal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ShellExecutionIT {
    @TempDir
    Path directory;

    private final Assignment assignment = Assignments.script("setsid sleep 600 & echo begun; sleep 600");
    private final Signals signals = new Signals();
    private final AtomicBoolean begun = new AtomicBoolean();
    private DataDirectory data;

    @BeforeEach
    void open() {
        data = DataDirectory.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        assertThat(new Leftovers(directory).end(2_000)).isTrue();
        data.close();
    }

    // R8: else the servers would give the run to another while it is still running here
    @Test
    void a_task_that_can_no_longer_be_watched_is_ended_before_it_is_given_up() {
        LongSupplier lease = () -> {
            if (begun.get()) {
                throw new OutOfMemoryError("Java heap space");
            }
            return far();
        };
        assertThatThrownBy(() -> execute(Containment.probe(), lease, () -> signals.give(Signal.RENEWED)))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(begun).isTrue();
        assertThat(new Leftovers(directory).find()).isEmpty();
    }

    // R10: else its end would be told while it is still running
    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void a_task_whose_guardian_was_killed_is_ended_before_that_is_told(Containment.Kind kind) throws Exception {
        Optional<Result> result =
                execute(contained(kind), ShellExecutionIT::far, () -> guards().forEach(ProcessHandle::destroyForcibly));
        assertThat(new Leftovers(directory).find()).isEmpty();
        assertThat(result).map(Result::outcome).contains(Outcome.FAILED);
    }

    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_task_whose_guardian_hears_nothing_can_be_cancelled(Containment.Kind kind) throws Exception { // R16
        Optional<Result> result = execute(contained(kind), ShellExecutionIT::far, () -> {
            freeze();
            signals.give(Signal.CANCEL);
        });
        assertThat(new Leftovers(directory).find()).isEmpty();
        assertThat(result).map(Result::outcome).contains(Outcome.CANCELLED);
    }

    // R6: what the guardian ended when its time was up did not fail by itself
    @ParameterizedTest
    @EnumSource(Containment.Kind.class)
    void a_task_that_ended_with_its_lease_is_not_told_to_have_failed(Containment.Kind kind) throws Exception {
        long until = Machine.uptimeMillis() + 1_500;
        assertThat(execute(contained(kind), () -> until, () -> {})).isEmpty();
        assertThat(begun).isTrue();
        assertThat(new Leftovers(directory).find()).isEmpty();
    }

    /** @param once run when the task has begun */
    private Optional<Result> execute(Containment containment, LongSupplier lease, Runnable once) throws Exception {
        WorkerSettings settings = WorkerSettings.of(directory, List.of(URI.create("http://127.0.0.1:9")), "north", 4)
                .timed(Duration.ofMillis(200), Duration.ofMillis(250));
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        Workshop shop = new Workshop(
                settings,
                data,
                containment,
                new Interpreters(settings.interpreters(), System.getenv("PATH")),
                environment,
                Machine::uptimeMillis);
        Pausing pausing = new Pausing(assignment.ref(), new Pauses(new Held(4)), shop.uptime());
        SpooledOutput output = SpooledOutput.create(assignment.ref(), directory, 1000);
        try {
            return new ShellExecution(shop, assignment, (ShellTask) assignment.task(), signals, lease, pausing)
                    .execute(output, () -> {
                        if (begun.compareAndSet(false, true)) {
                            once.run();
                        }
                    });
        } finally {
            output.close();
        }
    }

    private static long far() {
        return Machine.uptimeMillis() + 600_000;
    }

    private static Containment contained(Containment.Kind kind) {
        Containment containment = kind == Containment.Kind.PROCESS_GROUP ? Containment.GROUP : Containment.probe();
        assertThat(containment.kind()).isEqualTo(kind);
        return containment;
    }

    /** What this process has started itself. */
    private List<ProcessHandle> guards() {
        long here = ProcessHandle.current().pid();
        return new Leftovers(directory)
                .find().stream()
                        .filter(process ->
                                process.parent().map(ProcessHandle::pid).equals(Optional.of(here)))
                        .toList();
    }

    /** Stops the guardian and all that helps it. */
    private void freeze() {
        try {
            for (ProcessHandle process : new Leftovers(directory).find()) {
                if (Files.readString(Path.of("/proc/" + process.pid(), "cmdline"))
                        .contains("\0guard\0")) {
                    Process kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
                    assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
                }
            }
        } catch (IOException | InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}

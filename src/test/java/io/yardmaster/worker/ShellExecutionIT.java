package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.task.ShellTask;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellExecutionIT {
    @TempDir
    Path directory;

    // R8: else the servers would give the run to another while it is still running here
    @Test
    void a_task_that_can_no_longer_be_watched_is_ended_before_it_is_given_up() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory)) {
            Assignment assignment = Assignments.script("echo begun; sleep 600");
            WorkerSettings settings =
                    WorkerSettings.of(directory, List.of(URI.create("http://127.0.0.1:9")), "north", 4);
            Workshop shop = Workshop.in(data, settings, Map.of("PATH", System.getenv("PATH")));
            Signals signals = new Signals();
            AtomicBoolean begun = new AtomicBoolean();
            LongSupplier lease = () -> {
                if (begun.get()) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return Machine.uptimeMillis() + 600_000;
            };
            ShellExecution execution = new ShellExecution(
                    shop,
                    assignment,
                    (ShellTask) assignment.task(),
                    signals,
                    lease,
                    new Pausing(assignment.ref(), new Pauses(new Held(4)), shop.uptime()));
            SpooledOutput output = SpooledOutput.create(assignment.ref(), directory, 1000);
            assertThatThrownBy(() -> execution.execute(output, () -> {
                        begun.set(true);
                        signals.give(Signals.Signal.RENEWED);
                    }))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(begun).isTrue();
            assertThat(new Leftovers(directory).find()).isEmpty();
            output.close();
        }
    }
}

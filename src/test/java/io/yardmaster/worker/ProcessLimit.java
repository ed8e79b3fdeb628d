package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A control group in which no further process can begin, as a fork bomb leaves it. */
final class ProcessLimit implements AutoCloseable {
    private final Path group;

    private ProcessLimit(Path group) {
        this.group = group;
    }

    /** Skips the test where this user may make none. */
    static ProcessLimit open() throws IOException {
        Path all = Path.of("/sys/fs/cgroup/pids");
        assumeTrue(Files.isWritable(all), "needs a writable " + all);
        return new ProcessLimit(Files.createTempDirectory(all, "yardmaster"));
    }

    /** None of these, nor what they have started, can start anything from now on until one of them has ended. */
    void noMoreThan(List<ProcessHandle> processes) throws IOException {
        for (ProcessHandle process : processes) {
            if (process.isAlive()) {
                Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
            }
        }
        int full = Files.readAllLines(group.resolve("cgroup.procs")).size();
        assertThat(full).isPositive();
        Files.writeString(group.resolve("pids.max"), Integer.toString(full));
    }

    @Override
    public void close() {
        await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> {
            for (String process : Files.readAllLines(group.resolve("cgroup.procs"))) {
                ProcessHandle.of(Long.parseLong(process)).ifPresent(ProcessHandle::destroyForcibly);
            }
            return Files.deleteIfExists(group);
        });
    }
}

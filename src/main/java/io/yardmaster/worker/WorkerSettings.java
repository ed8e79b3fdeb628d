package io.yardmaster.worker;

import io.yardmaster.protocol.JoinCode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * @param dataDirectory everything the worker keeps is below it; made if absent, readable by its owner only
 * @param servers of one cluster; any of them will do
 * @param name what the node is to be called when it joins
 * @param slots how many tasks run at a time, at least 1
 * @param joinCode for the first start; null once the worker has joined
 * @param interpreters names of the programs that scripts may ask for, found on {@code PATH}
 * @param grace between TERM and KILL when a task is ended
 * @param tick between two looks of a guardian at the clock
 * @param version of the program, shown in the console
 * @param labels of the node, {@code key=value} or bare
 */
public record WorkerSettings(
        Path dataDirectory,
        List<URI> servers,
        String name,
        int slots,
        JoinCode joinCode,
        List<String> interpreters,
        Duration grace,
        Duration tick,
        String version,
        List<String> labels) {
    public static final List<String> INTERPRETERS = List.of("sh", "bash", "dash", "python3", "perl", "ruby", "node");
    public static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration TICK = Duration.ofSeconds(1);

    public WorkerSettings {
        if (slots < 1 || slots > 1000) {
            throw new IllegalArgumentException("slots is " + slots + ": it must be between 1 and 1000");
        }
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("the worker has no name: it needs one to be told from others");
        }
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        servers = List.copyOf(servers);
        interpreters = List.copyOf(interpreters);
        labels = List.copyOf(labels);
    }

    /** With the usual interpreters and times. */
    public static WorkerSettings of(Path dataDirectory, List<URI> servers, String name, int slots) {
        return new WorkerSettings(
                dataDirectory, servers, name, slots, null, INTERPRETERS, GRACE, TICK, "unknown", List.of());
    }

    public WorkerSettings joiningWith(JoinCode code) {
        return new WorkerSettings(
                dataDirectory, servers, name, slots, code, interpreters, grace, tick, version, labels);
    }

    public WorkerSettings allowing(List<String> programs) {
        return new WorkerSettings(
                dataDirectory, servers, name, slots, joinCode, programs, grace, tick, version, labels);
    }

    /** @param betweenLooks of a guardian at the clock: at most a second, or tasks outlive their lease */
    public WorkerSettings timed(Duration termToKill, Duration betweenLooks) {
        return new WorkerSettings(
                dataDirectory, servers, name, slots, joinCode, interpreters, termToKill, betweenLooks, version, labels);
    }

    public WorkerSettings ofVersion(String program) {
        return new WorkerSettings(
                dataDirectory, servers, name, slots, joinCode, interpreters, grace, tick, program, labels);
    }

    public WorkerSettings labelled(List<String> words) {
        return new WorkerSettings(
                dataDirectory, servers, name, slots, joinCode, interpreters, grace, tick, version, words);
    }
}

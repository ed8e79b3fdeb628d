package io.yardmaster.app;

import io.yardmaster.protocol.JoinCode;
import io.yardmaster.worker.Worker;
import io.yardmaster.worker.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        versionProvider = VersionOfWar.class,
        description = "Starts a worker that dials the servers and executes what they offer.")
final class WorkerCommand implements Callable<Integer> {
    private static final int TERMINATED = 143;

    @Spec
    private CommandSpec spec;

    @Option(names = "--stop-with-input", hidden = true)
    private boolean stopWithInput;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = CommandFlags.settings(spec);
        Worker worker = new Worker(workerSettings(settings));
        Duration drain = settings.duration(Setting.WORKER_DRAIN_TIME);
        try (Started started = Started.stoppedWithProcess()) {
            started.start(() -> {
                worker.start();
                return () -> worker.drainAndStop(drain);
            });
            if (stopWithInput) {
                Thread parent = new Thread(WorkerCommand::awaitEndOfInput, "parent");
                parent.setDaemon(true);
                parent.start();
            }
            worker.awaitEnd();
        }
        return 0;
    }

    static Path directory(Settings settings) {
        return settings.has(Setting.WORKER_DIRECTORY)
                ? Path.of(settings.text(Setting.WORKER_DIRECTORY)).toAbsolutePath()
                : settings.dataDirectory().resolve("worker");
    }

    private static WorkerSettings workerSettings(Settings settings) {
        List<URI> servers =
                settings.list(Setting.WORKER_SERVERS).stream().map(URI::create).toList();
        String name = settings.has(Setting.WORKER_NAME) ? settings.text(Setting.WORKER_NAME) : ServerName.host();
        int slots = settings.number(Setting.WORKER_SLOTS);
        WorkerSettings all = WorkerSettings.of(
                        directory(settings),
                        servers,
                        name,
                        slots == 0 ? Runtime.getRuntime().availableProcessors() : slots)
                .ofVersion(VersionOfWar.current())
                .labelled(settings.list(Setting.WORKER_LABELS));
        String code = settings.secret(Setting.WORKER_JOIN_CODE, Setting.WORKER_JOIN_CODE_FILE);
        return code.isEmpty() ? all : all.joiningWith(JoinCode.parse(code));
    }

    /** The process that started us holds the other end: when that is gone, however it went, we end in good order. */
    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException broken) {
            // as good as its end
        }
        System.exit(TERMINATED);
    }
}

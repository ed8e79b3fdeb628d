package io.yardmaster.app;

import io.yardmaster.database.Database;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of this machine as a process of its own: joined by itself at its first start, started again if it dies. It
 * reads from us and ends when we do, even by {@code kill -9}.
 */
final class LocalWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWorker.class);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    /** Beyond the drain time, for what the worker itself waits for. */
    static final Duration STOP_MARGIN = Duration.ofSeconds(30);

    private final Settings settings;
    /** SHA-256 of what our server serves, if it speaks TLS. */
    private final Optional<String> certificate;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread keeper;
    private volatile Process process;

    private LocalWorker(Settings settings) {
        this.settings = settings;
        this.certificate = Certificate.served(settings).map(Certificate::fingerprint);
        this.keeper = new Thread(this::keep, "worker-" + name());
    }

    /** @param settings name, slots and directory of the worker, and the database in which it joins */
    static LocalWorker start(Settings settings) {
        LocalWorker worker = new LocalWorker(settings);
        worker.keeper.setDaemon(true);
        worker.keeper.start();
        return worker;
    }

    /** Asks the worker to finish what it runs, within its drain time, and waits for nothing. */
    void askToStop() {
        stopping.countDown();
        Process last = process;
        if (last != null) {
            last.destroy();
        }
    }

    /** Returns when the worker has ended. */
    @Override
    public void close() throws InterruptedException {
        askToStop();
        Process last = process;
        if (last != null) {
            Duration limit = settings.duration(Setting.WORKER_DRAIN_TIME).plus(STOP_MARGIN);
            if (!last.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                last.destroyForcibly();
            }
        }
        keeper.join();
    }

    private void keep() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            do {
                long started = System.nanoTime();
                runOnce();
                boolean lasted = System.nanoTime() - started > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS);
                pause = lasted ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            } while (!stopping.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the process has ended or could not be started, as when the database of its join code is away. */
    private void runOnce() throws InterruptedException {
        try {
            process = builder().start();
            if (stopping.getCount() == 0) {
                process.destroy();
            }
            int code = process.waitFor();
            if (stopping.getCount() > 0) {
                LOG.warn("worker {} ended with code {} and is started again", name(), code);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.warn("worker {} cannot be started, which is tried again: {}", name(), failure.toString());
        }
    }

    private String name() {
        return settings.text(Setting.WORKER_NAME);
    }

    private ProcessBuilder builder() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-jar",
                Launcher.war().toString(),
                "worker",
                "--stop-with-input"));
        for (Setting setting : List.of(
                Setting.LOG_LEVEL,
                Setting.WORKER_SERVERS,
                Setting.WORKER_NAME,
                Setting.WORKER_SLOTS,
                Setting.WORKER_DRAIN_TIME)) {
            command.add("--" + setting.key() + "=" + settings.text(setting));
        }
        command.add("--worker.directory=" + WorkerCommand.directory(settings));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        environment(builder.environment());
        return builder;
    }

    /** Nothing of ours reaches the worker, and so no task of it, but where the WAR is unpacked and the code to join. */
    private void environment(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("YARDMASTER_") && !name.equals("YARDMASTER_CACHE"));
        joinCode().ifPresent(code -> environment.put(Setting.WORKER_JOIN_CODE.environmentName(), code));
    }

    /**
     * With the hash of our certificate, whoever signed it: it may bear no name by which this machine is dialled here. A
     * worker that has joined needs only that, since the certificate may be another than at its last start.
     */
    private Optional<String> joinCode() {
        Path identity = WorkerCommand.directory(settings).resolve("identity.json");
        if (Files.exists(identity)) {
            return certificate.map(hash -> "joined#" + hash);
        }
        try (Database database = Databases.open(settings, null, List.of())) {
            String code = JoinCodes.issueBare(database, "system:start");
            return Optional.of(certificate.map(hash -> code + "#" + hash).orElse(code));
        }
    }
}

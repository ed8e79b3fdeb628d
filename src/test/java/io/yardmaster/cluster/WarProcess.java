package io.yardmaster.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code java -jar yardmaster.war …} as a process of its own, with its output in a file. */
public final class WarProcess implements AutoCloseable {
    private static final Path WAR = Path.of(System.getProperty("yardmaster.war", "target/yardmaster.war"));

    private final Process process;
    private final Path log;

    private WarProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param directory the log file is made here, named {@code name}.log, and appended to
     * @param environment settings as {@code YARDMASTER_…}
     * @param arguments of the program
     */
    public static WarProcess start(Path directory, String name, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                WAR.toAbsolutePath().toString()));
        command.addAll(Arrays.asList(arguments));
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .put(
                        "YARDMASTER_CACHE",
                        Path.of("target", "war-cache").toAbsolutePath().toString());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(directory);
            return new WarProcess(builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A TCP port on loopback that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGKILL to the program alone: what it started must end by itself. */
    public void kill() {
        process.destroyForcibly();
        await(30);
    }

    /** SIGTERM, and the exit code. */
    public int terminate() {
        process.destroy();
        await(60);
        return process.exitValue();
    }

    /** The exit code of a command that ends by itself. */
    public int awaitExit() {
        await(120);
        return process.exitValue();
    }

    private void await(int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running after " + seconds + " s: " + log());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}

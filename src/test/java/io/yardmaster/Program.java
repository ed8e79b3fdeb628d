package io.yardmaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real process of the WAR, or of a container, whose output is kept in a file of the directory that it works in. */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** A script that runs the build in the background lets it ignore Ctrl-C, and so would all that it starts. */
    private static final List<String> ATTENTIVE = List.of("env", "--default-signal=INT,QUIT,HUP");

    private static final boolean CAN_BE_ATTENTIVE = succeeds(attentive(List.of("true")));

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** {@code java -jar yardmaster.war arguments}. */
    public static Program war(Path directory, Map<String, String> environment, String... arguments) {
        return run(directory, environment, command(List.of(), arguments));
    }

    /** As {@link #war}, for many at once: each with little memory and one compiler. */
    public static Program smallWar(Path directory, Map<String, String> environment, String... arguments) {
        return smallWar(List.of(), directory, environment, arguments);
    }

    /** @param before the program and its arguments that become the process, as {@code nsenter} does */
    public static Program smallWar(
            List<String> before, Path directory, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(command(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), arguments));
        return run(directory, environment, command);
    }

    public static Program run(Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path log = Files.createTempFile(directory, "output", ".log");
            ProcessBuilder builder = new ProcessBuilder(CAN_BE_ATTENTIVE ? attentive(command) : command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("YARDMASTER_"));
            builder.environment()
                    .put("YARDMASTER_CACHE", warFile().resolveSibling("cache").toString());
            builder.environment().putAll(environment);
            return new Program(builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static boolean canBeAttentive() {
        return CAN_BE_ATTENTIVE;
    }

    /** {@code command}, deaf to no signal, whatever the process that starts it ignores. */
    static List<String> attentive(List<String> command) {
        return Stream.concat(ATTENTIVE.stream(), command.stream()).toList();
    }

    /** Older coreutils, and other makers' {@code env}, do not know how. */
    private static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(List.of("-jar", warFile().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Gives the process its input, and its end. */
    public Program type(String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    public static Path warFile() {
        return Path.of(System.getProperty("yardmaster.war", "target/yardmaster.war"))
                .toAbsolutePath();
    }

    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A TCP port on loopback that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The status of an answer, or 0 if nobody listens. */
    public static int status(String url) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException nobody) {
            return 0;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public Program awaitStatus(String url, int status) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(process.isAlive()).as(this::output).isTrue();
            return status(url) == status;
        });
        return this;
    }

    public Program awaitOutput(String text) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            boolean ended = !process.isAlive();
            boolean said = output().contains(text);
            assertThat(said || !ended).as(this::output).isTrue();
            return said;
        });
        return this;
    }

    /** Sends a signal, as {@code INT} for Ctrl-C. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** SIGKILL to the program alone: what it started must end by itself. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(30));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code of what ends by itself. */
    public int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /** The exit code of what must have ended within {@code limit}. */
    public int awaitExit(Duration limit) {
        try {
            assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .as(this::output)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** All its descendants end with it: nothing of a test is left, however it went. */
    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        if (process.isAlive()) {
            signal("TERM");
            try {
                process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }
}

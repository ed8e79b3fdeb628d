package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.Program;
import io.yardmaster.database.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Servers and workers as real processes on one database, as an operator would run them. */
final class Cluster implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Path directory;
    private final Map<String, String> common = new HashMap<>();
    private final List<Integer> ports = new ArrayList<>();
    private final Map<String, Program> running = new HashMap<>();
    private final Map<Integer, WorkerNetwork> networks = new HashMap<>();
    private final Map<Integer, Integer> slots = new HashMap<>();
    private final Launch launch;
    private final String token;

    /** How a process of the product begins. */
    private interface Launch {
        Program of(Path directory, Map<String, String> environment, String... arguments);
    }

    /** @param divisor by how much the times of the protocol are shortened */
    Cluster(Path directory, DatabaseSettings database, int servers, int divisor) {
        this(directory, database, servers, divisor, Program::smallWar);
    }

    /** One server with the times of production, and each process with all the memory and compilers that Java gives it. */
    static Cluster asShipped(Path directory, DatabaseSettings database) {
        return new Cluster(directory, database, 1, 1, Program::war);
    }

    private Cluster(Path directory, DatabaseSettings database, int servers, int divisor, Launch launch) {
        this.directory = directory;
        this.launch = launch;
        common.put("YARDMASTER_DATABASE_URL", database.url());
        common.put("YARDMASTER_DATABASE_USER", database.user());
        common.put("YARDMASTER_DATABASE_PASSWORD", database.password());
        common.put("YARDMASTER_PROTOCOL_DIVISOR", Integer.toString(divisor));
        for (int server = 0; server < servers; server++) {
            ports.add(Program.freePort());
        }
        this.token = lastLine("account", "add", "cluster-test", "--role", "ADMIN", "--token");
        for (int server = 0; server < servers; server++) {
            startServer(server);
        }
        for (int server = 0; server < servers; server++) {
            awaitReady(server);
        }
    }

    /** One more server, whose process has this environment too. @return its number */
    int addServer(Map<String, String> environment) {
        ports.add(Program.freePort());
        int server = ports.size() - 1;
        startServer(server, environment);
        awaitReady(server);
        return server;
    }

    void startServer(int server) {
        startServer(server, Map.of());
    }

    private void startServer(int server, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(common);
        environment.putAll(more);
        environment.put("YARDMASTER_SERVER_PORT", ports.get(server).toString());
        String name = "server-" + server;
        environment.put("YARDMASTER_DATA_DIRECTORY", directory.resolve(name).toString());
        start(name, environment, "server");
    }

    void startWorker(int worker, int slots) {
        startWorker(worker, slots, Map.of());
    }

    /** From its next start on, the worker reaches the servers through {@code network} alone. */
    void place(int worker, WorkerNetwork network) {
        network.lead(ports);
        networks.put(worker, network);
    }

    /** A new node, whose process has this environment too. */
    void startWorker(int worker, int slots, Map<String, String> more) {
        String code = lastLine("node", "join-code");
        Map<String, String> environment = new HashMap<>(more);
        environment.put("YARDMASTER_WORKER_JOIN_CODE", code);
        environment.put("YARDMASTER_WORKER_NAME", "worker-" + worker);
        this.slots.put(worker, slots);
        launchWorker(worker, environment);
    }

    /** As after a crash: the identity is on disk, no code is needed. */
    void restartWorker(int worker) {
        launchWorker(worker, new HashMap<>());
    }

    private void launchWorker(int worker, Map<String, String> environment) {
        String name = "worker-" + worker;
        environment.put("YARDMASTER_WORKER_DIRECTORY", directory.resolve(name).toString());
        environment.put("YARDMASTER_WORKER_SLOTS", slots.get(worker).toString());
        WorkerNetwork network = networks.get(worker);
        if (network == null) {
            environment.put("YARDMASTER_WORKER_SERVERS", urls());
            start(name, environment, "worker");
        } else {
            environment.put("YARDMASTER_WORKER_SERVERS", network.urls());
            running.put(name, Program.smallWar(network.entry(), directory, environment, "worker"));
        }
    }

    Program process(String name) {
        return running.get(name);
    }

    /** Answers of any server that answers; a server that was just killed is passed over. */
    HttpResponse<String> send(String method, String path, String contentType, String body) {
        IOException last = null;
        for (int port : ports) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(15))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", contentType)
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            try {
                return HTTP.send(request, BodyHandlers.ofString());
            } catch (IOException unreachable) {
                last = unreachable;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
        throw new UncheckedIOException(last);
    }

    void put(String path, String yaml) {
        HttpResponse<String> answer = send("PUT", path, "application/yaml", yaml);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    String urls() {
        return ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    void awaitReady(int server) {
        String ready = "http://127.0.0.1:" + ports.get(server) + "/health/ready";
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(process("server-" + server).isAlive())
                            .as(() -> process("server-" + server).output())
                            .isTrue();
                    return Program.status(ready) == 200;
                });
    }

    /** What a command of the fleet's script prints last. */
    private String lastLine(String... arguments) {
        try (Program command = launch.of(directory, common, arguments)) {
            assertThat(command.awaitExit(Duration.ofMinutes(2)))
                    .as(command.output())
                    .isZero();
            List<String> lines =
                    command.output().lines().filter(line -> !line.isBlank()).toList();
            return lines.get(lines.size() - 1).trim();
        }
    }

    private void start(String name, Map<String, String> environment, String command) {
        running.put(name, launch.of(directory, environment, command));
    }

    @Override
    public void close() {
        running.values().forEach(Program::kill);
    }
}

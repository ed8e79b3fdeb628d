package io.yardmaster.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.yardmaster.protocol.AcceptAnswer;
import io.yardmaster.protocol.AcceptRequest;
import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.Heartbeat;
import io.yardmaster.protocol.HeartbeatAnswer;
import io.yardmaster.protocol.JoinAnswer;
import io.yardmaster.protocol.JoinRequest;
import io.yardmaster.protocol.OutputRequest;
import io.yardmaster.protocol.OutputRequest.Chunk;
import io.yardmaster.protocol.PauseReport;
import io.yardmaster.protocol.PauseRequest;
import io.yardmaster.protocol.PollAnswer;
import io.yardmaster.protocol.PollAnswer.Command;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.ReportRequest;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.SessionAnswer;
import io.yardmaster.protocol.SessionRequest;
import io.yardmaster.protocol.Timing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Speaks the servers' side of the protocol from memory, obeys a script, and writes down what it was told. */
final class TestServer implements AutoCloseable {
    static final String CODE = "open-sesame";
    private static final String CREDENTIAL = "secret";
    /** How long an empty poll is held open. */
    private static final long POLL_MILLIS = 500;

    final List<SessionRequest> registrations = new CopyOnWriteArrayList<>();
    final List<Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
    final List<Report> reports = new CopyOnWriteArrayList<>();
    final List<PauseReport> pauses = new CopyOnWriteArrayList<>();
    final List<String> ended = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    final Set<RunRef> kill = ConcurrentHashMap.newKeySet();
    /** JSON that is sent in place of a run's task. */
    final Map<RunRef, String> sentAs = new ConcurrentHashMap<>();
    /** Answered to everything while not 0. */
    volatile int status;
    /** Answered to output and reports only, while not 0. */
    volatile int deliveryStatus;
    /** Whether reports with a result are refused. */
    volatile boolean refusesResults;
    /** How often it was. */
    final AtomicInteger refused = new AtomicInteger();

    /** Media type of refusals; a container without the server answers in another. */
    volatile String problem = "application/problem+json";

    private final Timing timing;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<RunRef, Assignment> offers = new ConcurrentHashMap<>();
    private final Map<RunRef, Assignment> accepted = new ConcurrentHashMap<>();
    private final Map<RunRef, Command> paces = new ConcurrentHashMap<>();
    private final Set<RunRef> cancelled = ConcurrentHashMap.newKeySet();
    private final Map<RunRef, ConcurrentSkipListMap<Long, Chunk>> output = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    /** One permit for whatever an open poll should answer with. */
    private final Semaphore news = new Semaphore(0);

    private volatile String live = "none";
    private volatile CountDownLatch thaw = new CountDownLatch(0);

    TestServer(Timing timing) throws IOException {
        this.timing = timing;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/agent/v1/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void offer(Assignment assignment) {
        offers.put(assignment.ref(), assignment);
        news.release();
    }

    void cancel(RunRef ref) {
        cancelled.add(ref);
        news.release();
    }

    /** Asks for a pause or its end, until that is reported. */
    void pace(RunRef ref, PollAnswer.Kind kind, int sequence) {
        paces.put(ref, new Command(kind, ref, sequence));
        news.release();
    }

    PauseReport pauseOf(RunRef ref, int sequence) {
        return pauses.stream()
                .filter(one -> one.ref().equals(ref) && one.sequence() == sequence)
                .findFirst()
                .orElse(null);
    }

    /** Takes requests and answers none of them, as a server that was stopped. */
    void freeze() {
        thaw = new CountDownLatch(1);
    }

    void thaw() {
        thaw.countDown();
    }

    /** The session is no longer live. */
    void giveUpSession() {
        live = "none";
    }

    Report reportOf(RunRef ref) {
        return reports.stream().filter(one -> one.ref().equals(ref)).findFirst().orElse(null);
    }

    /** What arrived of an output, gaps left out; null while something in the middle is missing. */
    byte[] outputOf(RunRef ref) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long at = 0;
        for (Chunk chunk : chunksOf(ref)) {
            if (chunk.start() != at) {
                return null;
            }
            all.writeBytes(chunk.bytes());
            at += chunk.bytes().length + chunk.gap();
        }
        return all.toByteArray();
    }

    List<Chunk> chunksOf(RunRef ref) {
        return List.copyOf(
                output.getOrDefault(ref, new ConcurrentSkipListMap<>()).values());
    }

    @Override
    public void close() {
        thaw();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            thaw.await(60, TimeUnit.SECONDS);
            byte[] body = exchange.getRequestBody().readAllBytes();
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            String message = path[path.length - 1];
            if (status != 0) {
                answer(exchange, status, Map.of("detail", "as the test wants it"));
            } else if (message.equals("join")) {
                join(exchange, Json.MAPPER.readValue(body, JoinRequest.class));
            } else if (!("Bearer " + CREDENTIAL)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, Map.of("detail", "unknown node"));
            } else if (message.equals("sessions")) {
                register(exchange, Json.MAPPER.readValue(body, SessionRequest.class));
            } else if (!path[4].equals(live)) {
                answer(exchange, 410, Map.of("detail", "session " + path[4] + " is not live"));
            } else {
                inSession(exchange, message, body);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void inSession(HttpExchange exchange, String message, byte[] body)
            throws IOException, InterruptedException {
        switch (message) {
            case "heartbeat" -> {
                heartbeats.add(Json.MAPPER.readValue(body, Heartbeat.class));
                answer(exchange, 200, new HeartbeatAnswer(List.copyOf(kill)));
            }
            case "poll" -> answer(exchange, 200, poll());
            case "accept" -> accept(exchange, Json.MAPPER.readValue(body, AcceptRequest.class));
            case "output" -> output(exchange, Json.MAPPER.readValue(body, OutputRequest.class));
            case "pauses" -> pauses(exchange, Json.MAPPER.readValue(body, PauseRequest.class));
            case "reports" -> reports(exchange, Json.MAPPER.readValue(body, ReportRequest.class));
            default -> {
                ended.add(message);
                live = "none";
                answer(exchange, 204, null);
            }
        }
    }

    private void join(HttpExchange exchange, JoinRequest request) throws IOException {
        if (request.code().equals(CODE)) {
            answer(exchange, 200, new JoinAnswer("7", CREDENTIAL));
        } else {
            answer(exchange, 403, Map.of("detail", "the join code is unknown or was used"));
        }
    }

    private void register(HttpExchange exchange, SessionRequest request) throws IOException {
        registrations.add(request);
        if (!live.equals("none") && !live.equals(request.endsSession())) {
            answer(exchange, 409, Map.of("detail", "session " + live + " is still live"));
            return;
        }
        live = Integer.toString(sessions.incrementAndGet());
        answer(exchange, 200, new SessionAnswer(live, timing));
    }

    private PollAnswer poll() throws InterruptedException {
        if (offers.isEmpty()
                && cancelled.isEmpty()
                && paces.isEmpty()
                && news.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
        List<Command> commands = Stream.concat(
                        paces.values().stream(),
                        cancelled.stream().map(ref -> new Command(PollAnswer.Kind.CANCEL, ref, 0)))
                .toList();
        return new PollAnswer(List.copyOf(offers.keySet()), commands);
    }

    private void accept(HttpExchange exchange, AcceptRequest request) throws IOException {
        request.runs().forEach(ref -> {
            Assignment offered = offers.remove(ref);
            if (offered != null) {
                accepted.put(ref, offered);
            }
        });
        AcceptAnswer agreed = new AcceptAnswer(request.runs().stream()
                .filter(accepted::containsKey)
                .map(accepted::get)
                .toList());
        JsonNode body = Json.MAPPER.valueToTree(agreed);
        for (int i = 0; i < agreed.start().size(); i++) {
            String task = sentAs.get(agreed.start().get(i).ref());
            if (task != null) {
                ((ObjectNode) body.at("/start/" + i)).set("task", Json.MAPPER.readTree(task));
            }
        }
        answer(exchange, 200, body);
    }

    private void output(HttpExchange exchange, OutputRequest request) throws IOException {
        if (deliveryStatus != 0) {
            refused.incrementAndGet();
            answer(exchange, deliveryStatus, Map.of("detail", "as the test wants it"));
            return;
        }
        for (Chunk chunk : request.chunks()) {
            Chunk before = output.computeIfAbsent(chunk.ref(), ref -> new ConcurrentSkipListMap<>())
                    .putIfAbsent(chunk.start(), chunk);
            if (before != null && (before.bytes().length != chunk.bytes().length || before.gap() != chunk.gap())) {
                violations.add("chunk at " + chunk.start() + " came with different bounds");
            }
            if (chunk.bytes().length > 262_144) {
                violations.add("chunk of " + chunk.bytes().length + " bytes");
            }
        }
        answer(exchange, 204, null);
    }

    private void reports(HttpExchange exchange, ReportRequest request) throws IOException {
        int code = refusesResults
                        && request.reports().stream()
                                .anyMatch(one -> !one.result().isNull())
                ? 422
                : deliveryStatus;
        if (code != 0) {
            refused.incrementAndGet();
            answer(exchange, code, Map.of("detail", "as the test wants it"));
            return;
        }
        for (Report report : request.reports()) {
            List<Chunk> chunks = chunksOf(report.ref());
            long arrived = chunks.stream()
                    .mapToLong(chunk -> chunk.bytes().length + chunk.gap())
                    .sum();
            if (arrived != report.outputBytes()) {
                violations.add("report before its output: " + arrived + " of " + report.outputBytes() + " bytes");
            }
            reports.add(report);
            cancelled.remove(report.ref());
        }
        answer(exchange, 204, null);
    }

    private void pauses(HttpExchange exchange, PauseRequest request) throws IOException {
        if (deliveryStatus != 0) {
            refused.incrementAndGet();
        } else {
            pauses.addAll(request.pauses());
            request.pauses()
                    .forEach(pause -> paces.computeIfPresent(
                            pause.ref(), (ref, asked) -> asked.sequence() <= pause.sequence() ? null : asked));
        }
        answer(exchange, deliveryStatus == 0 ? 204 : deliveryStatus, null);
    }

    private void answer(HttpExchange exchange, int code, Object body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : Json.MAPPER.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", code < 400 ? "application/json" : problem);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

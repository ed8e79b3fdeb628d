package io.yardmaster.protocol;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One JSON message to the server in use and its answer. A server that fails is left for the next one. */
final class Wire {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // a command of a later version must not cost the others
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .addMixIn(Assignment.class, AssignmentReader.Apart.class)
            .build();

    private final ServerAddresses servers;
    private final String credential;
    private final HttpClient http;

    /**
     * @param pin SHA-256 of the only certificate to trust; null to trust as the Java installation does
     * @param credential bearer token; null before the worker has joined
     */
    Wire(ServerAddresses servers, String pin, String credential) {
        this.servers = servers;
        this.credential = credential;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        if (pin != null) {
            builder.sslContext(new CertificatePin(pin).context());
        }
        this.http = builder.build();
    }

    int servers() {
        return servers.size();
    }

    /**
     * Sends once and waits, at most {@code timeout} from the first byte of the connection to the last of the answer.
     *
     * @param body null for none
     * @param answer {@code Void.class} for none
     */
    <T> T send(String method, String path, Object body, Class<T> answer, Duration timeout) throws AgentFailure {
        return await(start(method, path, body, timeout), answer, timeout);
    }

    /** A message under way, so that it can be given up from another thread. */
    Sending start(String method, String path, Object body, Duration timeout) throws AgentFailure {
        URI server = servers.current();
        HttpRequest.Builder request = HttpRequest.newBuilder(at(server, path))
                .timeout(timeout)
                .header("Accept", "application/json")
                .method(method, publisher(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (credential != null) {
            request.header("Authorization", "Bearer " + credential);
        }
        return new Sending(server, http.sendAsync(request.build(), BodyHandlers.ofByteArray()));
    }

    <T> T await(Sending sending, Class<T> answer, Duration timeout) throws AgentFailure {
        try {
            // the request's own timeout ends with the head of the answer; this one holds for its body too
            HttpResponse<byte[]> response = sending.future().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return read(sending.server(), response, answer);
        } catch (ExecutionException failure) {
            throw unreachable(sending.server(), failure.getCause());
        } catch (TimeoutException | CancellationException failure) {
            sending.future().cancel(true);
            throw unreachable(sending.server(), failure);
        } catch (InterruptedException interrupted) {
            sending.future().cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable(sending.server(), interrupted);
        }
    }

    private <T> T read(URI server, HttpResponse<byte[]> response, Class<T> answer) throws AgentFailure {
        int status = response.statusCode();
        if (status / 100 != 2) {
            AgentFailure failure =
                    AgentFailure.answered(status, isProblem(response), server + ": " + said(response.body()));
            if (failure.kind() == AgentFailure.Kind.UNREACHABLE || failure.kind() == AgentFailure.Kind.TURNED_AWAY) {
                servers.moveOnFrom(server);
            }
            throw failure;
        }
        if (answer == Void.class) {
            return null;
        }
        try {
            return JSON.readValue(response.body(), answer);
        } catch (IOException malformed) {
            servers.moveOnFrom(server);
            throw new AgentFailure(
                    AgentFailure.Kind.UNREACHABLE,
                    server + " answered something that is not a " + answer.getSimpleName()
                            + ": is it the address of a Yardmaster server?",
                    malformed);
        }
    }

    private AgentFailure unreachable(URI server, Throwable cause) {
        servers.moveOnFrom(server);
        return new AgentFailure(AgentFailure.Kind.UNREACHABLE, server + " did not answer: " + Reasons.of(cause), cause);
    }

    private static URI at(URI server, String path) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/agent/v1" + path);
    }

    private static BodyPublisher publisher(Object body) throws AgentFailure {
        if (body == null) {
            return BodyPublishers.noBody();
        }
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (IOException unwritable) {
            throw new AgentFailure(AgentFailure.Kind.REFUSED, "a message cannot be written as JSON", unwritable);
        }
    }

    private static boolean isProblem(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
    }

    /** The problem detail of the answer, else its beginning. */
    private static String said(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            JsonNode problem = JSON.readTree(body);
            if (problem.hasNonNull("detail") || problem.hasNonNull("title")) {
                return problem.path("detail").asText(problem.path("title").asText());
            }
        } catch (IOException notJson) {
            // the text itself will do
        }
        String line = text.lines().findFirst().orElse("no reason given");
        return line.substring(0, Math.min(line.length(), 200));
    }

    /** A message that was sent to one server. */
    record Sending(URI server, CompletableFuture<HttpResponse<byte[]>> future) {}
}

package io.yardmaster.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A worker's wire, bare: whatever JSON one wants over real HTTP. */
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private String credential;

    Wire(URI server) {
        this.server = server;
    }

    void identify(String bearer) {
        credential = bearer;
    }

    record Answer(int status, JsonNode body) {}

    /** @param body a protocol record, or JSON text */
    Answer post(String path, Object body) {
        return await(send("POST", path, body));
    }

    Answer delete(String path) {
        return await(send("DELETE", path, null));
    }

    CompletableFuture<HttpResponse<String>> get(String path) {
        return send("GET", path, null);
    }

    static Answer await(CompletableFuture<HttpResponse<String>> sent) {
        HttpResponse<String> response = sent.join();
        try {
            String text = response.body();
            return new Answer(response.statusCode(), text.isEmpty() ? null : JSON.readTree(text));
        } catch (IOException notJson) {
            throw new UncheckedIOException(response.body(), notJson);
        }
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/agent/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json(body)));
        if (credential != null) {
            request.header("Authorization", "Bearer " + credential);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String json(Object body) {
        try {
            return body instanceof String text ? text : JSON.writeValueAsString(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

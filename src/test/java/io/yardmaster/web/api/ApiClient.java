package io.yardmaster.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Speaks to the API as a program would. */
public final class ApiClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI server;
    private final String token;

    ApiClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** What came back. */
    public record Reply(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        public byte[] bytes() {
            return response.body();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(text());
            } catch (JsonProcessingException notJson) {
                throw new AssertionError(text(), notJson);
            }
        }

        /** Status and the fields that were refused, such as {@code 422 days}. */
        public String refusal() {
            List<String> fields = json().path("errors").findValuesAsText("field");
            return status() + (fields.isEmpty() ? "" : " " + String.join(" ", fields));
        }

        /** Null if absent. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }
    }

    /** @param headers names and values in turn */
    public Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /**
     * The items of a list page by page, from the first to the last.
     *
     * @param path with a query
     */
    public List<JsonNode> pages(String path) {
        List<JsonNode> pages = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page =
                    get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).json();
            pages.add(page.get("items"));
            cursor = page.hasNonNull("next") ? page.get("next").asText() : null;
        }
        return pages;
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    public Reply putYaml(String path, String yaml, String... headers) {
        return send("PUT", path, yaml, with(headers, "Content-Type", "application/yaml"));
    }

    public Reply putJson(String path, String json, String... headers) {
        return send("PUT", path, json, with(headers, "Content-Type", "application/json"));
    }

    public Reply post(String path, String json, String... headers) {
        return send("POST", path, json, with(headers, "Content-Type", "application/json"));
    }

    public Reply postYaml(String path, String yaml, String... headers) {
        return send("POST", path, yaml, with(headers, "Content-Type", "application/yaml"));
    }

    private Reply send(String method, String path, String body, String... headers) {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + "/api/v1" + path)).method(method, publisher);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return new Reply(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException failure) {
            throw new IllegalStateException(method + " " + path, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }
}

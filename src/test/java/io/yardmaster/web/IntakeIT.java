package io.yardmaster.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.DatabaseUnavailable;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.NodeCredentials;
import io.yardmaster.security.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// S19
final class IntakeIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final long ROOM = 8 << 20;

    private static final AtomicInteger LOOKED_UP = new AtomicInteger();
    private static final AtomicBoolean AWAY = new AtomicBoolean();
    private static WebServer server;

    @BeforeAll
    static void start() {
        NodeCredentials nodes = credential -> {
            LOOKED_UP.incrementAndGet();
            if (AWAY.getAndSet(false)) {
                throw new DatabaseUnavailable("no connection");
            }
            return OptionalLong.of(7);
        };
        server = WebServer.strict(ROOM, POSTGRES.database(), List.of(new Echo()), nodes);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void what_comes_in_pieces_arrives_whole_at_the_address_it_was_sent_to() throws IOException {
        String form = "text=%C3%BCber&csrf=";
        assertThat(inPieces("/form/a%2Bb%20%C3%A9?q=%26%3D", "application/x-www-form-urlencoded", form))
                .startsWith("HTTP/1.1 200")
                .endsWith("a+b \u00e9|&=|\u00fcber");
    }

    @Test
    void a_request_whose_body_was_waited_for_can_be_answered_later() throws IOException {
        assertThat(inPieces("/later", "text/plain", "slow")).endsWith("later slow");
    }

    @Test
    void what_does_not_come_in_time_is_refused_and_the_connection_ends() throws IOException {
        try (Socket socket =
                send("/form/a", "Content-Length: 10\r\nAccept: text/html\r\nAccept-Language: zh", "text=")) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("X-Content-Type-Options: nosniff", "Connection: close", "1 \u79d2");
        }
        try (Socket socket = send("/form/a", "Content-Length: 10", "text=")) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).contains("application/problem+json", "\"status\":408", "within 1 seconds");
        }
    }

    @Test
    void a_stranger_is_given_room_for_a_form_only() {
        assertThat(post(server.browser(), "/whole", "x".repeat(8 << 10)).statusCode())
                .isEqualTo(200);
        assertThat(post(server.browser(), "/whole", "x".repeat((8 << 10) + 1)).statusCode())
                .isEqualTo(413);
        assertThat(chunked(server.browser(), "/whole", 10).statusCode()).isEqualTo(413);
        assertThat(chunked(server.browser(), "/api/mine", 10).statusCode())
                .as("who it is, is asked first")
                .isEqualTo(401);
    }

    @Test
    void somebody_we_know_is_given_more_and_not_without_end() throws IOException {
        Browser ada = server.signedIn("ada", "*", Role.ADMIN);
        assertThat(chunked(ada, "/api/mine", 1 << 20).body()).isEqualTo("1048576");
        assertThat(post(ada, "/api/mine", "x".repeat(1 << 20)).body()).isEqualTo("1048576");
        assertThat(chunked(ada, "/api/mine", 3 << 20).statusCode()).isEqualTo(413);
        String more = "Cookie: " + ada.cookies().getCookieStore().getCookies().get(0) + "\r\n" + Forgery.HEADER + ": "
                + ada.token() + "\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked";
        try (Socket socket = send("/api/mine", more, "200001\r\n")) {
            socket.getOutputStream().write(new byte[0x20_0001]);
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .as("one that does not end")
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    // else it would drop its output as refused
    @Test
    void a_node_that_cannot_be_known_at_the_moment_is_told_to_come_again() {
        AWAY.set(true);
        assertThat(ofNode("/agent/whole", 10_000).statusCode()).isEqualTo(503);
        int before = LOOKED_UP.get();
        assertThat(ofNode("/agent/whole", 10_000).body()).isEqualTo("10000");
        assertThat(LOOKED_UP).as("looked up once").hasValue(before + 1);
    }

    @Test
    void larger_bodies_share_a_room_and_those_that_find_none_come_again() throws IOException {
        Browser bob = server.signedIn("bob", "*", Role.ADMIN);
        try (Socket first = begun("/agent/whole", 2 << 20);
                Socket second = begun("/agent/whole", 4 << 20)) {
            await().untilAsserted(() -> {
                HttpResponse<String> refused = ofNode("/agent/whole", 10_000);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
                assertThat(refused.body()).contains("too many large requests");
            });
            assertThat(ofNode("/agent/whole", 8 << 10).statusCode()).isEqualTo(200);
            assertThat(ofNode("/agent/7/heartbeat", 10_000).statusCode()).isEqualTo(200);
            // one comes to its end, the other breaks off later
            first.getOutputStream().write(new byte[2 << 20]);
            assertThat(new String(first.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
            await().until(() -> ofNode("/agent/whole", 10_000).statusCode() == 200);
            assertThat(post(bob, "/whole", "x".repeat(10_000)).statusCode()).isEqualTo(503);
        }
        await().until(() -> ofNode("/agent/whole", 6 << 20).statusCode() == 200);
    }

    @Test
    void a_body_has_its_room_until_its_request_is_answered_later() {
        Browser eve = server.signedIn("eve", "*", Role.ADMIN);
        for (int i = 0; i < 8; i++) {
            assertThat(post(eve, "/later", "x".repeat(1 << 20)).body()).hasSize((1 << 20) + "later ".length());
        }
    }

    /** A body of so many bytes, none of which has come. */
    private static Socket begun(String path, int length) throws IOException {
        return send(path, "Authorization: Bearer x\r\nContent-Type: text/plain\r\nContent-Length: " + length, "");
    }

    private static HttpResponse<String> ofNode(String path, int length) {
        Browser node = server.browser();
        return node.send(node.request(path)
                .header("Authorization", "Bearer x")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofByteArray(new byte[length]))
                .build());
    }

    private static HttpResponse<String> post(Browser browser, String path, String body) {
        return send(browser, path, BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> chunked(Browser browser, String path, int length) {
        return send(browser, path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length])));
    }

    private static HttpResponse<String> send(
            Browser browser, String path, java.net.http.HttpRequest.BodyPublisher body) {
        return browser.send(browser.request(path)
                .header("Content-Type", "text/plain")
                .header("Origin", browser.origin())
                .header(Forgery.HEADER, browser.token())
                .POST(body)
                .build());
    }

    /** The answer to a body whose second half comes once the first was taken in. */
    private static String inPieces(String path, String type, String body) throws IOException {
        int half = body.length() / 2;
        String more = "Connection: close\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length();
        try (Socket socket = send(path, more, body.substring(0, half))) {
            await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            socket.getOutputStream().write(body.substring(half).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static Socket send(String path, String more, String body) throws IOException {
        Socket socket = new Socket("localhost", server.port());
        socket.setSoTimeout(20_000);
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                + "X-Forwarded-For: 198.51.100.7\r\n" + more + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(UTF_8));
        return socket;
    }
}

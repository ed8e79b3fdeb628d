package io.yardmaster.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the web server says by itself, with no application behind it. */
final class PlainErrorsTest {
    @TempDir
    private static Path directory;

    private static int port;
    private static AutoCloseable server;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path war = Files.createDirectories(directory.resolve("war"));
        Path work = Files.createDirectories(directory.resolve("work"));
        Predicate<String> anybody = address -> true;
        Map<String, Object> options = Map.of(
                "war",
                war,
                "work",
                work,
                "address",
                "127.0.0.1",
                "port",
                port,
                "unbounded",
                anybody,
                "settings",
                Map.of());
        server = new EmbeddedTomcat().apply(options);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    // S9, S21
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /a%5Cb HTTP/1.1\r\nHost: yard\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: yard\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: yard\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: yard\r\n\r\n",
                "GET /WEB-INF/web.xml HTTP/1.1\r\nHost: yard\r\n\r\n",
                "GET /<long> HTTP/1.1\r\nHost: yard\r\n\r\n",
            })
    void what_never_reaches_the_application_is_refused_in_one_line_with_all_headers(String request) throws IOException {
        assertThat(answer(request.replace("<long>", "a".repeat(20_000))))
                .startsWith("HTTP/1.1 ")
                .contains(
                        "Content-Security-Policy: default-src 'none'",
                        "X-Content-Type-Options: nosniff",
                        "X-Frame-Options: DENY",
                        "Cache-Control: no-store",
                        "Content-Type: text/plain")
                .doesNotContain("org.apache", "Tomcat", "Exception", "<html");
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

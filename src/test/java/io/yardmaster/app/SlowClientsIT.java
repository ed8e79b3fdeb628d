package io.yardmaster.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.Program;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.PostgresExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers who send a byte now and then, more of them than the web server has threads: others are served all the same. */
// S19
final class SlowClientsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int STRANGERS = 250;
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String LONG = "Content-Length: 100\r\n";
    private static final String LARGE = "Content-Length: 100000\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    @TempDir
    static Path directory;

    private static int port;
    private static Program server;

    @BeforeAll
    static void start() {
        DatabaseSettings database = POSTGRES.settings();
        port = Program.freePort();
        server = Program.smallWar(
                        directory,
                        Map.of(
                                "YARDMASTER_DATABASE_URL", database.url(),
                                "YARDMASTER_DATABASE_USER", database.user(),
                                "YARDMASTER_DATABASE_PASSWORD", database.password()),
                        "server",
                        "--data.directory=" + directory.resolve("data"),
                        "--server.port=" + port)
                .awaitStatus(live(), 200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /sign-in HTTP/1.1\r\nOrigin: http://x\r\n" + FORM + LONG + "\r\nn",
                "POST /sign-in HTTP/1.1\r\nOrigin: http://x\r\n" + FORM + LARGE + "\r\nn",
                "POST /set-up HTTP/1.1\r\nOrigin: http://x\r\n" + FORM + CHUNKED + "\r\n",
                "POST /agent/v1/join HTTP/1.1\r\n" + JSON + LONG + "\r\n{",
                "POST /api/v1/backfills HTTP/1.1\r\nAuthorization: Bearer none\r\n" + JSON + CHUNKED + "\r\n",
                "PUT /nowhere HTTP/1.1\r\n" + FORM + CHUNKED + "\r\n",
                "GET /health/ready HTTP/1.1\r\n" + LARGE + "\r\n",
                "GET /health/ready HTTP/1.1\r\nX-Never-Ends: "
            })
    void they_hold_nobody_up(String beginning) throws IOException {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < STRANGERS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                strangers.add(socket);
                say(socket, beginning.replace(" HTTP/1.1\r\n", " HTTP/1.1\r\nHost: x\r\n"));
            }
            assertThat(Program.status(live())).isEqualTo(200);
            for (Socket socket : strangers) {
                sayIfListenedTo(socket, "x");
            }
            assertThat(Program.status(live())).isEqualTo(200);
        } finally {
            for (Socket socket : strangers) {
                socket.close();
            }
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static void sayIfListenedTo(Socket socket, String text) {
        try {
            say(socket, text);
        } catch (IOException turnedAway) {
            assertThat(turnedAway).hasMessageMatching("Broken pipe|Connection reset.*");
        }
    }

    private static String live() {
        return "http://127.0.0.1:" + port + "/health/live";
    }
}

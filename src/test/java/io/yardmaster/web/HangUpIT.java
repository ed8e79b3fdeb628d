package io.yardmaster.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.Log;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.OpenToAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that go away before they have their answer: everyday business, which leaves no trace in any log. */
final class HangUpIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int LARGE = 8 << 20;

    private final Log log = new Log();
    private final Records records = new Records();
    private final Answers answers = new Answers();
    private WebServer server;

    @BeforeEach
    void start(Database database) {
        server = WebServer.start(database, List.of(answers));
        log.start();
        Logger.getLogger("").addHandler(records);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(records);
        log.stop();
        server.close();
    }

    @Test
    void a_text_that_nobody_takes_any_more_leaves_no_trace() {
        assertSilent("whole");
    }

    @Test
    void a_stream_that_nobody_takes_any_more_ends_and_leaves_no_trace() {
        assertSilent("stream");
        assertThat(answers.written).hasValueLessThan(LARGE);
    }

    @Test
    void an_answer_that_was_waited_for_in_vain_leaves_no_trace() throws InterruptedException {
        hangUp("held");
        AsyncResponse held = answers.held.poll(10, TimeUnit.SECONDS);
        held.resume("x".repeat(LARGE));
        await().untilAsserted(() -> assertThat(answers.held).isEmpty());
        settle();
        assertNoTrace();
    }

    // the failures of ours that remain are told
    @Test
    void a_stream_that_fails_by_itself_is_still_told() throws IOException {
        try (Socket socket = ask("broken")) {
            socket.getInputStream().readAllBytes();
        }
        await().untilAsserted(() -> assertThat(records.traces).isNotEmpty());
    }

    private void assertSilent(String path) {
        for (int i = 0; i < 5; i++) {
            hangUp(path);
        }
        await().until(() -> answers.ended.size() == 5);
        settle();
        assertNoTrace();
    }

    private void settle() {
        // whoever is served after them shows that they are done with
        assertThat(server.browser().get("/small").statusCode()).isEqualTo(200);
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
    }

    private void assertNoTrace() {
        assertThat(log.traces()).isEmpty();
        assertThat(records.traces).isEmpty();
    }

    private void hangUp(String path) {
        try (Socket socket = ask(path)) {
            socket.setReceiveBufferSize(4096);
            if (!path.equals("held")) {
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            // a reset, not a farewell
            socket.setSoLinger(true, 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Socket ask(String path) throws IOException {
        Socket socket = new Socket("localhost", server.port());
        String request = "GET /" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    /** What the java.util.logging of libraries and container told with a trace. */
    private static final class Records extends Handler {
        private final List<String> traces = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord told) {
            if (told.getThrown() != null && told.getLevel().intValue() >= Level.INFO.intValue()) {
                traces.add(told.getLoggerName() + ": " + told.getMessage() + ": " + told.getThrown());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** Public, as Jakarta REST wants it. */
    @Path("")
    public static final class Answers {
        private final BlockingQueue<AsyncResponse> held = new LinkedBlockingQueue<>();
        private final List<String> ended = new CopyOnWriteArrayList<>();
        private final AtomicLong written = new AtomicLong();

        @GET
        @Path("small")
        @OpenToAll
        public String small() {
            return "small";
        }

        @GET
        @Path("whole")
        @OpenToAll
        public String whole() {
            ended.add("whole");
            return "x".repeat(LARGE);
        }

        @GET
        @Path("stream")
        @OpenToAll
        public Response stream() {
            StreamingOutput body = out -> {
                try {
                    written.set(0);
                    for (int i = 0; i < LARGE / 1024; i++) {
                        out.write(new byte[1024]);
                        written.addAndGet(1024);
                    }
                } finally {
                    ended.add("stream");
                }
            };
            return Response.ok(body).build();
        }

        @GET
        @Path("broken")
        @OpenToAll
        public Response broken() {
            StreamingOutput body = out -> {
                out.write(new byte[LARGE]);
                throw new IOException("a file of ours cannot be read");
            };
            return Response.ok(body).build();
        }

        @GET
        @Path("held")
        @OpenToAll
        public void held(@Suspended AsyncResponse response) {
            held.add(response);
        }
    }
}

package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that is started before its database, as when both are started at once. */
final class FirstAnswerIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @Test
    void a_database_that_comes_later_is_waited_for() throws Exception {
        DatabaseSettings there = PostgresExtension.emptyDatabase();
        Migration.migrate(there, there.user());
        try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI place = URI.create(there.url().substring("jdbc:".length()));
            DatabaseSettings early = new DatabaseSettings(
                    there.url().replace(":" + place.getPort() + "/", ":" + door.getLocalPort() + "/"),
                    there.user(),
                    there.password(),
                    5,
                    Duration.ofSeconds(60));
            CompletableFuture<Database> opened =
                    CompletableFuture.supplyAsync(() -> DatabaseOpener.open(early, List.of()));
            // the first comers are sent away
            for (int refused = 0; refused < 3; refused++) {
                door.accept().close();
            }
            assertThat(opened).isNotDone();
            Thread forwarding = new Thread(() -> forward(door, place));
            forwarding.setDaemon(true);
            forwarding.start();
            await().until(opened::isDone);
            opened.join().close();
        }
    }

    @Test
    void a_wrong_password_is_said_at_once() {
        DatabaseSettings there = PostgresExtension.emptyDatabase();
        DatabaseSettings wrong = new DatabaseSettings(there.url(), there.user(), "not this", 5, Duration.ofDays(1));
        assertThatThrownBy(() -> DatabaseOpener.open(wrong, List.of()))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("password");
    }

    private static void forward(ServerSocket door, URI place) {
        try {
            while (!door.isClosed()) {
                Socket guest = door.accept();
                Socket host = new Socket(place.getHost(), place.getPort());
                pump(guest.getInputStream(), host.getOutputStream());
                pump(host.getInputStream(), guest.getOutputStream());
            }
        } catch (IOException closed) {
            // the test has ended
        }
    }

    private static void pump(InputStream from, OutputStream to) {
        Thread thread = new Thread(() -> {
            try (from;
                    to) {
                from.transferTo(to);
            } catch (IOException closed) {
                // one side has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}

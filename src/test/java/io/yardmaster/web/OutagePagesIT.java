package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.yardmaster.Log;
import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.EmbeddedPostgres;
import io.yardmaster.database.FreezingPostgres;
import io.yardmaster.database.Migration;
import io.yardmaster.node.NodeList;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Role;
import io.yardmaster.web.dashboard.DashboardPages;
import io.yardmaster.web.health.HealthResource;
import io.yardmaster.web.node.NodeLines;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// R12: people are told within seconds that the database was stopped
final class OutagePagesIT {
    private static final Duration SOON = Duration.ofSeconds(3);
    /** After which no connection is taken to work unasked; a pool would do so for longer. */
    private static final Duration SILENCE = Duration.ofMillis(200);

    private static final int READERS = 12;

    @TempDir
    private Path directory;

    private final Log log = new Log();

    @Test
    void pages_say_soon_that_the_database_is_away_and_work_again_after() {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
        Migration.migrate(postgres.owner(), postgres.server(1).user());
        log.start();
        try (Database database = DatabaseOpener.open(postgres.server(5), List.of());
                WebServer server = serve(database)) {
            Browser browser = server.signedIn("ada", "*", Role.ADMIN);
            assertThat(browser.get("/").statusCode()).isEqualTo(200);
            int port = postgres.port();
            postgres.close();
            log.forget();
            assertAway(browser);
            assertThat(log.traces()).isEmpty();
            assertThat(log.linesFrom(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("the database cannot be reached: ");
            postgres = EmbeddedPostgres.start(directory, port);
            await().until(() -> browser.get("/").statusCode() == 200);
            assertThat(browser.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(log.linesFrom(Level.WARN)).hasSize(2);
        } finally {
            log.stop();
            postgres.close();
        }
    }

    // a disk that hangs, a machine that is paused: connections are there, and nobody answers on them
    @Test
    void pages_say_soon_that_the_database_is_frozen_and_work_again_after() {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
        Migration.migrate(postgres.owner(), postgres.server(1).user());
        log.start();
        try (Database database = DatabaseOpener.open(postgres.server(5), List.of());
                WebServer server = serve(database)) {
            Browser browser = server.signedIn("ada", "*", Role.ADMIN);
            for (Duration silence : List.of(SILENCE, Duration.ofSeconds(1))) {
                await().until(() -> browser.get("/").statusCode() == 200);
                log.forget();
                try (FreezingPostgres freezing = new FreezingPostgres(directory)) {
                    answers(browser);
                    freezing.freeze();
                    await().pollDelay(silence).until(() -> true);
                    assertAway(browser);
                    assertThat(log.traces()).isEmpty();
                    assertThat(log.linesFrom(Level.WARN)).hasSize(1);
                }
                await().atMost(SOON.multipliedBy(2))
                        .until(() -> browser.get("/").statusCode() == 200);
                assertThat(log.linesFrom(Level.WARN)).hasSize(2);
            }
        } finally {
            log.stop();
            postgres.close();
        }
    }

    /** Several readers at once, each of whom has to wait for nobody. */
    private static void assertAway(Browser browser) {
        List<HttpResponse<String>> answers = answers(browser);
        assertThat(answers).allMatch(answer -> answer.statusCode() == 503);
        assertThat(answers.get(0).body())
                .contains("This cannot be done just now", "the database cannot be reached")
                .doesNotContain("Exception");
        assertThat(browser.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(browser.get("/health/ready").statusCode()).isEqualTo(503);
    }

    private static List<HttpResponse<String>> answers(Browser browser) {
        List<CompletableFuture<HttpResponse<String>>> asked = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> browser.get("/")))
                .limit(READERS)
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
        assertThat(all).succeedsWithin(SOON);
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private static WebServer serve(Database database) {
        NodeLines nodes = new NodeLines(new NodeList(), Duration.ofSeconds(20));
        return WebServer.start(
                database, List.of(new HealthResource(database), new DashboardPages(database, new Runs(), nodes)));
    }
}

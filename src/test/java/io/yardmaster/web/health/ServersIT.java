package io.yardmaster.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.audit.Actor;
import io.yardmaster.audit.Audit;
import io.yardmaster.audit.AuditEntry;
import io.yardmaster.audit.Subject;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.DispatchCounts;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.RepairCounts;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.api.ApiServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server whose clock is right and one whose clock is an hour behind, in console, API and metrics. */
final class ServersIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @BeforeAll
    static void appear() {
        POSTGRES.database().useTransaction(transaction -> {
            transaction.sql().execute("""
                    INSERT INTO server (name, server_version, started_at, seen_at, clock_offset_ms)
                    VALUES ('depot:1', '1.2.3', clock_timestamp(), clock_timestamp() + interval '1 hour', 3),
                           ('depot:2', '1.2.3', clock_timestamp(), clock_timestamp() + interval '1 hour', -3600004),
                           ('<b>gone', '1.2.2', clock_timestamp(), clock_timestamp() - interval '1 minute', 0)
                    """);
            Audit.record(
                    transaction,
                    new AuditEntry(
                            Actor.system("watchdog"),
                            "alarm.repair",
                            new Subject("timetable", null, "0 30 2 * * ? Europe/Berlin"),
                            Map.of("wedge", "STOPPED")));
        });
    }

    // user-pain 44
    @Test
    void the_page_warns_of_a_clock_that_is_off_and_tells_what_was_repaired(Database database) {
        try (WebServer server = WebServer.start(database, List.of(new ServerPages(database)))) {
            Browser viewer = server.signedIn("vera", "shop", Role.VIEWER);
            String page = viewer.get("/servers").body();
            assertThat(page)
                    .contains("depot:1", "3 ms ahead", "3,600,004 ms behind", "More than a second off", "Silent")
                    .contains("0 30 2 * * ? Europe/Berlin", "in error, or paused", "&lt;b&gt;gone")
                    .containsOnlyOnce("More than a second off")
                    .containsOnlyOnce("Silent")
                    .doesNotContain("??", "style=");
        }
    }

    @Test
    void the_api_lists_servers_with_their_offset(Database database) {
        try (ApiServer server = ApiServer.start(database)) {
            JsonNode items =
                    server.as("vic", "shop", Role.VIEWER).get("/servers").json().get("items");
            assertThat(items.findValuesAsText("name")).containsExactlyInAnyOrder("depot:1", "depot:2", "<b>gone");
            assertThat(items.findValuesAsText("clockOffsetMillis")).contains("-3600004");
            assertThat(items.findValuesAsText("present")).containsExactlyInAnyOrder("true", "true", "false");
        }
    }

    @Test
    void metrics_have_the_offset_of_each_server_that_is_there(Database database) {
        try (Metrics metrics = new Metrics(database, new DispatchCounts(), new RepairCounts())) {
            assertThat(metrics.scrape())
                    .contains("yardmaster_server_clock_offset_seconds{server=\"depot:2\"} -3600.004")
                    .doesNotContain("gone");
        }
    }
}

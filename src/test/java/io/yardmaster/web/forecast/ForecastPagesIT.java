package io.yardmaster.web.forecast;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.Queue;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.api.ApiServer;
import io.yardmaster.web.api.Cursor;
import io.yardmaster.web.run.Yard;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thirty jobs of shop at one instant of every day. */
final class ForecastPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private static WebServer server;
    private static ApiServer api;

    @BeforeAll
    static void serve() {
        Database database = POSTGRES.database();
        server = WebServer.start(database, List.of(new ForecastPages(database)));
        api = ApiServer.start(database);
        database.useTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            for (int i = 0; i < 30; i++) {
                yard.job("shop", "nightly-" + i);
            }
            transaction.sql().execute("""
                    WITH t AS (INSERT INTO timetable (kind, expression, zone) VALUES ('CRON', '0 0 3 * * ?', 'UTC') RETURNING id)
                    INSERT INTO schedule (job_id, timetable_id, name, effective_from)
                    SELECT j.id, t.id, 's', now() FROM t, job j WHERE j.namespace = 'shop'""");
        });
    }

    @AfterAll
    static void stop() {
        server.close();
        api.close();
    }

    @Test
    void the_page_names_the_hot_spot_and_what_would_help() {
        String page = ok(server.signedIn("vera", "shop", Role.VIEWER).get("/forecast?period=7d&most=10"));
        assertThat(page)
                .contains(
                        "03:00: 30 runs",
                        "Proposal: jitter for 30 schedules",
                        "instead of 30",
                        "nightly-7 · s",
                        "heat-5")
                .doesNotContain("??", "style=");
        assertThat(ok(server.signedIn("vera", "shop", Role.VIEWER).get("/forecast?job=nightly-7")))
                .contains("Never more than 10 at once.")
                .doesNotContain("nightly-8");
        assertThat(server.signedIn("vera", "shop", Role.VIEWER)
                        .get("/forecast?most=few")
                        .statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"period=1y", "after=soon", "job=%00", "most=0"})
    void a_search_that_means_nothing_is_refused(String query) {
        HttpResponse<String> answer =
                server.signedIn("vera", "shop", Role.VIEWER).get("/forecast?" + query);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("<div class=\"wrap\">" + query.replaceFirst("=.*", ": "));
    }

    @Test
    void the_api_tells_what_comes_next_of_one_job() {
        var viewer = api.as("vic", "shop", Role.VIEWER);
        JsonNode fires = viewer.get("/forecast/fires?period=7d&job=shop/nightly-1")
                .json()
                .get("items");
        assertThat(fires).hasSize(7);
        assertThat(fires.findValuesAsText("job")).containsOnly("nightly-1");
        assertThat(viewer.get("/forecast?job=nightly-1").json().get("total").asLong())
                .isZero();
        List<String> madeUp = List.of(Instant.MIN.toString(), "1", Instant.MIN.toString());
        assertThat(viewer.get("/forecast/fires?cursor=" + Cursor.of("forecast", madeUp))
                        .refusal())
                .isEqualTo("400 cursor");
    }

    @Test
    void the_api_tells_cells_and_fires() {
        var viewer = api.as("vic", "shop", Role.VIEWER);
        JsonNode forecast = viewer.get("/forecast?period=7d&most=10").json();
        assertThat(forecast.get("runs")).hasSize(1008);
        assertThat(forecast.at("/hotSpots/0/runs").asLong()).isEqualTo(30);
        assertThat(forecast.at("/spread/after").asLong()).isLessThanOrEqualTo(10);
        JsonNode first = viewer.get("/forecast/fires?limit=20").json();
        JsonNode second = viewer.get(
                        "/forecast/fires?limit=20&cursor=" + first.get("next").asText())
                .json();
        assertThat(first.get("items")).hasSize(20);
        assertThat(second.get("items")).hasSize(10);
        assertThat(second.has("next")).isFalse();
        assertThat(viewer.get("/forecast?most=0").refusal()).isEqualTo("422 most");
        assertThat(viewer.get("/forecast/fires?period=1y").refusal()).isEqualTo("422 period");
    }

    // S3
    @Test
    void schedules_of_another_namespace_are_not_told() {
        assertThat(ok(server.signedIn("otto", "other", Role.ADMIN).get("/forecast")))
                .contains("Nothing is going to fire")
                .doesNotContain("nightly-");
        assertThat(api.as("ute", "other", Role.ADMIN)
                        .get("/forecast?namespace=shop")
                        .json()
                        .get("total")
                        .asLong())
                .isZero();
        assertThat(api.as("ute", "other", Role.ADMIN)
                        .get("/forecast/fires")
                        .json()
                        .get("items"))
                .isEmpty();
    }
}

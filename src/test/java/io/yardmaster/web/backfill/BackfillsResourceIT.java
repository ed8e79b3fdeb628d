package io.yardmaster.web.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Backfilling;
import io.yardmaster.web.api.ApiClient;
import io.yardmaster.web.api.ApiClient.Reply;
import io.yardmaster.web.api.ApiServer;
import io.yardmaster.web.job.JobYard;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackfillsResourceIT {
    private static final String THREE_DAYS = """
            {"job": "shop/job", "schedule": "nightly", "from": "2026-01-01", "until": "2026-01-03", "parallelism": 2,
             "order": "NEWEST_FIRST", "onFailure": "CONTINUE", "parameters": {"REGION": "eu"}}
            """;

    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static ApiServer server;
    private static ApiClient operator;
    private static ApiClient viewer;
    private static ApiClient stranger;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        operator = server.as("oli", "shop", Role.OPERATOR);
        viewer = server.as("vic", "shop", Role.VIEWER);
        stranger = server.as("eve", "other", Role.ADMIN);
        for (String namespace : List.of("shop", "other")) {
            server.as("ada", "*", Role.ADMIN).putYaml("/jobs/" + namespace + "/job", """
                    kind: job
                    namespace: %s
                    name: job
                    enabled: true
                    task: {type: noop}
                    schedules:
                    - {name: nightly, cron: "0 0 2 * * ?", zone: Europe/Berlin, enabled: true}
                    - {name: after, delay: PT5M, enabled: true}
                    """.formatted(namespace));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        POSTGRES.database()
                .useTransaction(transaction -> transaction.sql().execute("DELETE FROM backfill; DELETE FROM run"));
    }

    @Test
    void an_operator_makes_one_and_everybody_of_the_namespace_sees_how_far_it_is() {
        Reply made = operator.post("/backfills", THREE_DAYS);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String path = "/backfills/" + made.json().get("id").asText();
        assertThat(made.header("Location")).endsWith("/api/v1" + path);
        assertThat(made.json().get("from").asText()).isEqualTo("2025-12-31T23:00:00Z");
        assertThat(made.json().get("until").asText()).isEqualTo("2026-01-03T22:59:59Z");
        assertThat(made.json().at("/timetable/zone").asText()).isEqualTo("Europe/Berlin");
        new Backfilling(POSTGRES.database()).turn();
        JsonNode progress = viewer.get(path).json().get("progress");
        assertThat(progress.get("started").asInt()).isEqualTo(2);
        assertThat(progress.get("pending").asInt()).isEqualTo(1);
        List<String> instants = viewer.pages(path + "/instants?limit=2").stream()
                .flatMap(page -> StreamSupport.stream(page.spliterator(), false))
                .map(instant -> instant.get("nominalAt").asText() + " "
                        + instant.get("state").asText())
                .toList();
        assertThat(instants)
                .containsExactly(
                        "2026-01-03T01:00:00Z STARTED", "2026-01-02T01:00:00Z STARTED", "2026-01-01T01:00:00Z PENDING");
        JsonNode run = operator.get("/runs?job=shop/job").json().at("/items/0");
        assertThat(run.get("cause").asText()).isEqualTo("BACKFILL");
        assertThat(run.at("/parameters/REGION").asText()).isEqualTo("eu");
    }

    @Test
    void who_may_not_operate_there_makes_nothing_and_strangers_see_nothing() {
        assertThat(viewer.post("/backfills", THREE_DAYS).status()).isEqualTo(403);
        assertThat(viewer.post("/backfills/preview", THREE_DAYS).status()).isEqualTo(403);
        assertThat(stranger.post("/backfills", THREE_DAYS).refusal()).isEqualTo("422 job");
        assertThat(server.stranger().post("/backfills", THREE_DAYS).status()).isEqualTo(401);
        String path = "/backfills/"
                + operator.post("/backfills", THREE_DAYS).json().get("id").asText();
        for (String act : List.of("/pause", "/resume", "/cancel")) {
            assertThat(viewer.post(path + act, null).status()).isEqualTo(403);
            assertThat(stranger.post(path + act, null).status()).isEqualTo(404);
        }
        assertThat(stranger.get(path).status()).isEqualTo(404);
        assertThat(stranger.get(path + "/instants").status()).isEqualTo(404);
        assertThat(stranger.get("/backfills").json().get("items")).isEmpty();
        assertThat(viewer.get("/backfills").json().get("items")).hasSize(1);
    }

    // a role counts where it was given
    @Test
    void who_operates_elsewhere_and_may_look_here_only_looks_here() {
        ApiClient both = server.as("ben", Map.of("shop", Role.VIEWER, "other", Role.OPERATOR));
        assertThat(both.post("/backfills", THREE_DAYS).status()).isEqualTo(403);
        assertThat(both.post("/backfills/preview", THREE_DAYS).status()).isEqualTo(403);
        String path = "/backfills/"
                + operator.post("/backfills", THREE_DAYS).json().get("id").asText();
        for (String act : List.of("/pause", "/resume", "/cancel")) {
            assertThat(both.post(path + act, null).status()).isEqualTo(403);
        }
        assertThat(both.get(path).json().get("state").asText()).isEqualTo("RUNNING");
        assertThat(both.post("/backfills", THREE_DAYS.replace("shop/job", "other/job"))
                        .status())
                .isEqualTo(201);
        assertThat(both.get("/backfills").json().get("items")).hasSize(2);
    }

    @Test
    void the_same_key_makes_one() {
        Reply first = operator.post("/backfills", THREE_DAYS, "Idempotency-Key", "k-1");
        Reply again = operator.post("/backfills", THREE_DAYS, "Idempotency-Key", "k-1");
        assertThat(again.text()).isEqualTo(first.text());
        String other = THREE_DAYS.replace("eu", "us");
        assertThat(operator.post("/backfills", other, "Idempotency-Key", "k-1").refusal())
                .isEqualTo("422 Idempotency-Key");
        assertThat(operator.post("/backfills", THREE_DAYS).status()).isEqualTo(409);
    }

    @Test
    void the_preview_stores_nothing() {
        JsonNode plan = operator.post("/backfills/preview", THREE_DAYS).json();
        assertThat(plan.get("instants").asInt()).isEqualTo(3);
        assertThat(plan.get("toRun").asInt()).isEqualTo(3);
        assertThat(plan.at("/first/0/nominalAt").asText()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(plan.get("last")).isEmpty();
        assertThat(viewer.get("/backfills").json().get("items")).isEmpty();
    }

    @Test
    void a_timetable_of_its_own_says_when_too() {
        Reply made = operator.post("/backfills", """
                {"job": "shop/job", "timetable": {"rate": "R/2026-01-01T00:00:00Z/PT6H", "zone": "UTC"},
                 "from": "2026-01-01T00:00:00Z", "until": "2026-01-01T12:00"}""");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().at("/progress/instants").asInt()).isEqualTo(3);
        assertThat(made.json().has("schedule")).isFalse();
    }

    // Berlin left out 02:30 on March 29, a Sunday
    @Test
    void a_timetable_of_its_own_goes_by_a_calendar_and_by_rules_for_clock_changes() {
        server.as("ada", "*", Role.ADMIN).putYaml("/calendars/shop/bank", """
                {kind: calendar, namespace: shop, name: bank, knownThrough: "2027-12-31"}""");
        String given = """
                {"job": "shop/job", "from": "2026-03-27", "until": "2026-03-30", "timetable": {"cron": "0 30 2 * * ?",
                 "zone": "Europe/Berlin", "gap": "SKIP", "calendar": "bank", "calendarRule": "NEXT"}}""";
        Reply plan = operator.post("/backfills/preview", given);
        assertThat(plan.json().get("instants").asInt()).as(plan.text()).isEqualTo(3);
        JsonNode made = operator.post("/backfills", given).json();
        assertThat(made.at("/timetable/gap").asText()).isEqualTo("SKIP");
        assertThat(made.at("/timetable/calendar").asText()).isEqualTo("shop/bank");
        assertThat(made.at("/timetable/calendarRule").asText()).isEqualTo("NEXT");
        for (String wrong : List.of("\"none\"", "\"other/bank\"")) {
            assertThat(operator.post("/backfills", given.replace("\"bank\"", wrong))
                            .refusal())
                    .isEqualTo("422 timetable.calendar");
        }
        assertThat(operator.post("/backfills", given.replace("0 30 2", "0 */5 *"))
                        .refusal())
                .isEqualTo("422 timetable.calendarRule");
    }

    @Test
    void it_is_paused_resumed_and_cancelled_and_each_only_when_it_can_be() {
        String path = "/backfills/"
                + operator.post("/backfills", THREE_DAYS).json().get("id").asText();
        assertThat(operator.post(path + "/resume", null).status()).isEqualTo(409);
        assertThat(operator.post(path + "/pause", null).json().get("state").asText())
                .isEqualTo("PAUSED");
        assertThat(operator.post(path + "/pause", null).status()).isEqualTo(409);
        assertThat(operator.post(path + "/resume", "{\"failedAgain\": true}")
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("RUNNING");
        assertThat(operator.post(path + "/cancel", "{\"runningToo\": 7, \"x\": 1}")
                        .status())
                .isEqualTo(400);
        assertThat(operator.post(path + "/cancel", "{\"runningToo\": true}")
                        .json()
                        .get("cancelledBy")
                        .asText())
                .isEqualTo("oli");
        assertThat(operator.post(path + "/cancel", null).status()).isEqualTo(409);
        assertThat(viewer.get("/backfills?state=CANCELLED&job=JOB&namespace=shop")
                        .json()
                        .get("items"))
                .hasSize(1);
        assertThat(viewer.get("/backfills?state=RUNNING,PAUSED").json().get("items"))
                .isEmpty();
        assertThat(viewer.get("/backfills?state=GONE").refusal()).isEqualTo("422 state");
        assertThat(viewer.get(path + "/instants?state=GONE").refusal()).isEqualTo("422 state");
    }

    @Test
    void lists_go_on_where_they_ended() {
        for (int day = 1; day <= 3; day++) {
            String one = THREE_DAYS.replace("2026-01-01", "2026-02-0" + day).replace("2026-01-03", "2026-02-0" + day);
            assertThat(operator.post("/backfills", one).status()).isEqualTo(201);
        }
        List<JsonNode> pages = viewer.pages("/backfills?limit=2");
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0)).hasSize(2);
        assertThat(pages.get(1).at("/0/from").asText()).isEqualTo("2026-01-31T23:00:00Z");
    }

    // each names its field, and nothing is stored
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "job": "shop/none"           | 422 job
            "job": "shop"                | 422 job
            "job": null                  | 422 job
            "schedule": "weekly"         | 422 schedule
            "schedule": "after"          | 422 schedule
            "schedule": null             | 422 schedule
            "from": "yesterday"          | 422 from
            "from": null                 | 422 from
            "from": "2026-02-30"         | 422 from
            "from": "1960-01-01"         | 422 from
            "from": "2026-01-03T00:00:01", "until": "2026-01-03T00:00:00" | 422 until
            "until": "2026-01-03T24:00"  | 422 until
            "until": "2126-01-01"        | 422 until
            "until": "9999999-01-01"     | 422 until
            "from": "2026-01-01T02:00:01", "until": "2026-01-01T03:00" | 422 until
            "parallelism": 0             | 422 parallelism
            "parallelism": 101           | 422 parallelism
            "parallelism": 99999999999   | 422 parallelism
            "parallelism": "many"        | 422 parallelism
            "order": "RANDOM"            | 422 order
            "onFailure": "IGNORE"        | 422 onFailure
            "rerun": "maybe"             | 422 rerun
            "parameters": {"a b": "c"}   | 422 parameters
            "parameters": 7              | 422 parameters
            "paralelism": 3              | 422 paralelism
            "timetable": {"cron": "x"}   | 422 schedule
            """)
    void what_cannot_be_is_refused_at_its_field(String changed, String refusal) {
        Reply reply = operator.post("/backfills", body(changed));
        assertThat(reply.refusal()).as(reply.text()).isEqualTo(refusal);
        assertThat(viewer.get("/backfills").json().get("items")).isEmpty();
    }

    @Test
    void a_body_that_is_no_object_is_refused() {
        for (String body : List.of("", "[]", "7", "{", "{} {}", "null")) {
            assertThat(operator.post("/backfills", body).status()).as(body).isBetween(400, 422);
        }
    }

    /** The good one with other values for some of its fields. */
    private static String body(String changed) {
        String rest = List.of("job", "schedule", "from", "until").stream()
                .filter(field -> !changed.contains("\"" + field + "\":"))
                .map(field -> "\"" + field + "\": \""
                        + switch (field) {
                            case "job" -> "shop/job";
                            case "schedule" -> "nightly";
                            case "from" -> "2026-01-01";
                            default -> "2026-01-03";
                        }
                        + "\"")
                .reduce(changed, (all, one) -> all + ", " + one);
        return "{" + rest + "}";
    }
}

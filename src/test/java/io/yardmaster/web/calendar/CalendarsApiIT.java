package io.yardmaster.web.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.Queue;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.api.ApiClient;
import io.yardmaster.web.api.ApiClient.Reply;
import io.yardmaster.web.api.ApiServer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarsApiIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private static final String CALENDAR = """
            kind: calendar
            namespace: %s
            name: %s
            weekdays:
            - MONDAY
            - TUESDAY
            - WEDNESDAY
            - THURSDAY
            - FRIDAY
            knownThrough: "2030-12-31"
            """;

    private static final String JOB = """
            kind: job
            namespace: shop
            name: %s
            enabled: true
            task:
              type: noop
            schedules:
            - name: nightly
              cron: 0 0 2 * * ?
              zone: UTC
              calendar: %s
              calendarRule: NEXT
              enabled: true
            """;

    private static ApiServer server;
    private static ApiClient editor;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        editor = server.as("eva", "shop", Role.EDITOR);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_calendar_is_made_found_changed_and_archived() {
        Reply made = put("books", calendar("books"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(put("books", calendar("books")).json().get("change").asText())
                .isEqualTo("UNCHANGED");
        Reply yaml = editor.get("/calendars/shop/books", "Accept", "application/yaml");
        assertThat(yaml.text()).isEqualTo(calendar("books"));
        Reply json = editor.get("/calendars/shop/books", "Accept", "application/json");
        assertThat(json.json().at("/status/version").asInt()).isZero();
        assertThat(json.json().at("/status/expires").asBoolean()).isFalse();
        Reply back = editor.putJson("/calendars/shop/books", json.text(), "If-Match", json.header("ETag"));
        assertThat(back.json().get("change").asText()).as(back.text()).isEqualTo("UNCHANGED");
        assertThat(put("books", calendar("books") + "shared: true\n")
                        .json()
                        .get("change")
                        .asText())
                .isEqualTo("UPDATED");
        Reply late = editor.putYaml("/calendars/shop/books", calendar("books"), "If-Match", made.header("ETag"));
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().get("detail").asText()).contains("calendar shop/books was changed meanwhile");
        assertThat(editor.delete("/calendars/shop/books", "If-Match", "\"0\"").status())
                .isEqualTo(412);
        assertThat(editor.delete("/calendars/shop/books").status()).isEqualTo(204);
        assertThat(editor.get("/calendars/shop/books").status()).isEqualTo(404);
    }

    @Test
    void a_whole_document_comes_back_as_it_was_given() {
        String whole = """
                kind: calendar
                namespace: shop
                name: whole
                description: "What: # - '%d' \\"quoted\\" 国庆节"
                shared: true
                weekdays:
                - MONDAY
                - SUNDAY
                knownThrough: "2030-12-31"
                holidays:
                  "2026-12-25": "Christmas: day"
                  "2027-01-01": ""
                  "2027-10-01": 国庆节
                workdays:
                  "2026-12-26": "null"
                blackouts:
                - "22:00-02:00"
                - "12:00-12:30:30"
                """;
        Reply made = put("whole", whole);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(editor.get("/calendars/shop/whole", "Accept", "application/yaml")
                        .text())
                .isEqualTo(whole);
        String json = editor.get("/calendars/shop/whole", "Accept", "application/json")
                .text();
        assertThat(editor.putJson("/calendars/shop/whole", json)
                        .json()
                        .get("change")
                        .asText())
                .isEqualTo("UNCHANGED");
    }

    @Test
    void calendars_are_listed_page_by_page() {
        ApiClient lister = server.as("lena", "lists", Role.EDITOR);
        for (String name : List.of("c", "a", "b")) {
            Reply made = lister.putYaml("/calendars/lists/" + name, CALENDAR.formatted("lists", name));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
        }
        List<JsonNode> pages = lister.pages("/calendars?limit=2");
        assertThat(pages).hasSize(2);
        assertThat(pages.get(0).findValuesAsText("namespace")).containsOnly("lists");
        assertThat(pages.get(0).get(0).get("name").asText()).isEqualTo("a");
        assertThat(pages.get(1).get(0).get("name").asText()).isEqualTo("c");
        assertThat(lister.get("/calendars?cursor=made-up").status()).isEqualTo(400);
    }

    // S3
    @Test
    void who_may_not_edit_the_namespace_changes_nothing_and_a_stranger_sees_nothing() {
        put("guarded", calendar("guarded"));
        ApiClient viewer = server.as("vic", "shop", Role.VIEWER);
        assertThat(viewer.get("/calendars/shop/guarded").status()).isEqualTo(200);
        assertThat(viewer.putYaml("/calendars/shop/guarded", calendar("guarded"))
                        .status())
                .isEqualTo(403);
        assertThat(viewer.delete("/calendars/shop/guarded").status()).isEqualTo(403);
        assertThat(viewer.postYaml("/calendars/shop/guarded/preview", calendar("guarded"))
                        .status())
                .isEqualTo(403);
        ApiClient other = server.as("mia", "mill", Role.EDITOR);
        assertThat(other.get("/calendars/shop/guarded").status()).isIn(403, 404);
        assertThat(other.get("/calendars").json().get("items")).isEmpty();
        assertThat(server.stranger().get("/calendars").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weekdays: [MONDAY, FUNDAY]                                         | weekdays    | FUNDAY",
                "holidays: {2026-12-25: x}, workdays: {2026-12-25: y}               | workdays    | 2026-12-25",
                "blackouts: ['22:00-02:00', '01:00-03:00']                          | blackouts   | 01:00-03:00",
                "blackouts: ['00:00-12:00', '12:00-00:00']                          | blackouts   | 2",
                "holidays: {2031-01-01: x}                                          | holidays    | 2031-01-01"
            })
    void what_is_wrong_is_told_at_its_field_with_its_value(String said, String field, String value) {
        String document = "{kind: calendar, namespace: shop, name: wrong, knownThrough: 2030-12-31, " + said + "}";
        Reply refused = put("wrong", document);
        assertThat(refused.refusal()).isEqualTo("422 " + field);
        assertThat(refused.json().at("/errors/0/value").asText()).isEqualTo(value);
        assertThat(editor.postYaml("/calendars/shop/wrong/preview", document).refusal())
                .isEqualTo("422 " + field);
    }

    @Test
    void a_job_names_a_calendar_and_the_calendar_stays_while_it_does() {
        put("kept", calendar("kept"));
        Reply made = editor.putYaml("/jobs/shop/closing", JOB.formatted("closing", "kept"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(editor.get("/jobs/shop/closing", "Accept", "application/yaml")
                        .text())
                .isEqualTo(JOB.formatted("closing", "kept"));
        JsonNode schedule = editor.get("/jobs/shop/closing/schedules").json().at("/items/0");
        assertThat(schedule.get("calendar").asText()).isEqualTo("kept");
        assertThat(schedule.get("calendarRule").asText()).isEqualTo("NEXT");
        Reply used = editor.delete("/calendars/shop/kept");
        assertThat(used.status()).isEqualTo(409);
        assertThat(used.json().get("detail").asText()).contains("shop/kept is used by shop/closing (nightly)");
        assertThat(editor.delete("/jobs/shop/closing").status()).isEqualTo(204);
        assertThat(editor.delete("/calendars/shop/kept").status()).isEqualTo(204);
    }

    @Test
    void a_calendar_that_is_not_there_or_not_shared_is_refused_at_the_schedule() {
        server.as("ute", "bakery", Role.EDITOR).putYaml("/calendars/bakery/own", CALENDAR.formatted("bakery", "own"));
        for (String name : List.of("nowhere", "bakery/own", "../x", "a/b/c")) {
            Reply refused = editor.putYaml("/jobs/shop/lost", JOB.formatted("lost", name));
            assertThat(refused.refusal()).isEqualTo("422 schedules[0].calendar");
            assertThat(refused.json().at("/errors/0/value").asText()).isEqualTo(name);
        }
        Reply repeats = editor.putYaml(
                "/jobs/shop/lost",
                JOB.formatted("lost", put("fits", calendar("fits")).status() == 201 ? "fits" : "")
                        .replace("0 0 2", "0 0/5 *"));
        assertThat(repeats.refusal()).isEqualTo("422 schedules[0].calendarRule");
    }

    // R3
    @Test
    void which_coming_fires_would_change_is_told_and_nothing_is_changed() {
        put("previewed", calendar("previewed"));
        editor.putYaml("/jobs/shop/previewing", JOB.formatted("previewing", "previewed"));
        LocalDate wednesday =
                LocalDate.now(ZoneOffset.UTC).plusDays(3).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
        String next = calendar("previewed") + "holidays:\n  " + wednesday + ": closed\n";
        Reply told = editor.postYaml("/calendars/shop/previewed/preview", next);
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(told.json().get("whole").asBoolean()).isTrue();
        assertThat(told.json().get("days").asInt()).isEqualTo(30);
        JsonNode only = told.json().get("items").get(0);
        assertThat(told.json().get("items")).hasSize(1);
        assertThat(only.get("schedules").asText()).isEqualTo("shop/previewing (nightly)");
        assertThat(only.get("before").asText()).isEqualTo(wednesday + "T02:00:00Z");
        assertThat(only.get("after").asText()).isEqualTo(wednesday.plusDays(1) + "T02:00:00Z");
        assertThat(editor.get("/calendars/shop/previewed").json().has("holidays"))
                .isFalse();
        assertThat(put("previewed", next).status()).isEqualTo(200);
        assertThat(editor.get("/jobs/shop/previewing/schedules/nightly/preview?count=60")
                        .json()
                        .at("/items")
                        .findValuesAsText("at"))
                .doesNotContain(wednesday + "T02:00:00Z");
    }

    @Test
    void a_document_of_both_is_applied_calendars_first_and_exported_so() {
        String both = JOB.formatted("together", "both") + "---\n" + calendar("both");
        Reply applied = editor.postYaml("/definitions", both);
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        assertThat(applied.json().at("/items/1/kind").asText()).isEqualTo("calendar");
        String export = editor.get("/definitions?namespace=shop").text();
        assertThat(export).contains(calendar("both"), JOB.formatted("together", "both"));
        assertThat(export.indexOf("kind: calendar")).isLessThan(export.indexOf("kind: job"));
    }

    private static Reply put(String name, String document) {
        return editor.putYaml("/calendars/shop/" + name, document);
    }

    private static String calendar(String name) {
        return CALENDAR.formatted("shop", name);
    }
}

package io.yardmaster.web.schedule;

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
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchedulesResourceIT {
    private static final String JOB = """
            kind: job
            namespace: shop
            name: %s
            enabled: true
            task: {type: noop}
            schedules:
            - {name: nightly, cron: "0 0 2 * * ?", zone: Europe/Berlin, parameters: {day: "01"}, enabled: true}
            - {name: hourly, cron: "0 30 * * * ?", zone: UTC, enabled: false}
            """;

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private static ApiServer server;
    private static ApiClient editor;
    private static ApiClient operator;
    private static ApiClient viewer;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        editor = server.as("eva", "shop", Role.EDITOR);
        operator = server.as("oli", "shop", Role.OPERATOR);
        viewer = server.as("vic", "shop", Role.VIEWER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_schedules_of_a_job_are_listed_by_name() {
        Reply listed = viewer.get(job("listed"));
        JsonNode items = listed.json().get("items");
        assertThat(items.findValuesAsText("name")).as(listed.text()).containsExactly("hourly", "nightly");
        JsonNode nightly = items.get(1);
        assertThat(nightly.get("id").isTextual()).isTrue();
        assertThat(nightly.get("cron").asText()).isEqualTo("0 0 2 * * ?");
        assertThat(nightly.get("zone").asText()).isEqualTo("Europe/Berlin");
        assertThat(nightly.at("/parameters/day").asText()).isEqualTo("01");
        assertThat(nightly.get("enabled").asBoolean()).isTrue();
        assertThat(Instant.parse(nightly.get("effectiveFrom").asText())).isNotNull();
        assertThat(listed.json().has("next")).isFalse();
    }

    @Test
    void the_preview_tells_as_many_instants_as_asked_for_each_later_than_the_one_before() {
        String path = job("previewed");
        assertThat(instants(viewer.get(path + "/nightly/preview"))).hasSize(10);
        List<Instant> next = instants(viewer.get(path + "/nightly/preview?count=100"));
        assertThat(next).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(next)
                .allMatch(instant ->
                        instant.atZone(ZoneId.of("Europe/Berlin")).toLocalTime().equals(LocalTime.of(2, 0))
                                || instant.atZone(ZoneId.of("Europe/Berlin"))
                                        .toLocalTime()
                                        .equals(LocalTime.of(3, 0)));
        assertThat(instants(viewer.get(path + "/hourly/preview"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"count=0, 422 count", "count=101, 422 count", "count=ten, 422 count", "cuont=3, 400 cuont"})
    void a_preview_of_a_wrong_length_is_refused_by_name(String query, String refusal) {
        assertThat(viewer.get(job("asked") + "/nightly/preview?" + query).refusal())
                .isEqualTo(refusal);
    }

    @Test
    void an_operator_switches_a_schedule_and_the_job_and_its_other_schedule_stay_as_they_are() {
        String path = job("switched");
        int version = viewer.get(path).json().at("/items/0/version").asInt();
        Reply on = operator.post(path + "/hourly/enable", null);
        assertThat(on.status()).as(on.text()).isEqualTo(200);
        assertThat(on.json().get("enabled").asBoolean()).isTrue();
        assertThat(on.json().get("version").asInt()).isEqualTo(version + 1);
        assertThat(operator.post(path + "/hourly/enable", null).json()).isEqualTo(on.json());
        assertThat(instants(viewer.get(path + "/hourly/preview?count=3"))).hasSize(3);
        Reply off = operator.post(path + "/hourly/disable", null);
        assertThat(off.json().get("enabled").asBoolean()).isFalse();
        assertThat(instants(viewer.get(path + "/hourly/preview"))).isEmpty();
        assertThat(instants(viewer.get(path + "/nightly/preview"))).isNotEmpty();
        assertThat(audited("hourly")).isEqualTo("schedule.create schedule.update schedule.update");
    }

    @Test
    void a_switch_changes_the_tag_so_that_a_document_from_before_is_refused() {
        String path = job("tagged");
        String document = "/jobs/shop/tagged";
        String tag = editor.get(document).header("ETag");
        operator.post(path + "/nightly/disable", null);
        assertThat(editor.putYaml(document, JOB.formatted("tagged"), "If-Match", tag)
                        .status())
                .isEqualTo(412);
        assertThat(editor.get(document, "Accept", "application/yaml").text()).contains("enabled: false");
    }

    @Test
    void a_viewer_reads_and_does_not_switch() {
        String path = job("viewed");
        assertThat(viewer.post(path + "/nightly/disable", null).status()).isEqualTo(403);
        assertThat(viewer.post(path + "/hourly/enable", null).status()).isEqualTo(403);
        assertThat(viewer.get(path).json().get("items").findValuesAsText("enabled"))
                .containsExactly("false", "true");
        assertThat(operator.post(path + "/nightly/disable?force=1", null).refusal())
                .isEqualTo("400 force");
        assertThat(viewer.get(path + "?limit=1").refusal()).isEqualTo("400 limit");
    }

    // S3
    @ParameterizedTest
    @ValueSource(strings = {"", "/nightly/preview"})
    void schedules_of_another_namespace_are_read_by_nobody_else(String below) {
        String path = job("hidden") + below;
        ApiClient other = server.as("ute", "bakery", Role.ADMIN);
        Reply there = other.get(path);
        Reply nowhere = other.get(path.replace("hidden", "no-such-job"));
        assertThat(there.status()).isEqualTo(404);
        assertThat(nowhere.json().get("detail")).isEqualTo(there.json().get("detail"));
        assertThat(server.stranger().get(path).status()).isEqualTo(401);
    }

    // S3
    @ParameterizedTest
    @ValueSource(strings = {"/nightly/disable", "/hourly/enable"})
    void schedules_of_another_namespace_are_switched_by_nobody_else(String below) {
        String path = job("kept");
        assertThat(server.as("ute", "bakery", Role.ADMIN)
                        .post(path + below, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.stranger().post(path + below, null).status()).isEqualTo(401);
        assertThat(viewer.get(path).json().get("items").findValuesAsText("enabled"))
                .containsExactly("false", "true");
    }

    @Test
    void what_is_not_there_is_said_to_be_missing() {
        String path = job("bare");
        assertThat(viewer.get(path + "/weekly/preview").status()).isEqualTo(404);
        assertThat(operator.post(path + "/weekly/enable", null).status()).isEqualTo(404);
        assertThat(viewer.get("/jobs/shop/no-such-job/schedules").status()).isEqualTo(404);
        editor.delete("/jobs/shop/bare");
        assertThat(viewer.get(path).status()).isEqualTo(404);
        assertThat(operator.post(path + "/nightly/enable", null).status()).isEqualTo(404);
    }

    /** Made if need be; the address of its schedules. */
    private static String job(String name) {
        Reply made = editor.putYaml("/jobs/shop/" + name, JOB.formatted(name));
        assertThat(made.status()).as(made.text()).isIn(200, 201);
        return "/jobs/shop/" + name + "/schedules";
    }

    private static List<Instant> instants(Reply preview) {
        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        return preview.json().get("items").findValuesAsText("at").stream()
                .map(Instant::parse)
                .toList();
    }

    /** What was done to the schedule of that name of the job {@code switched}. */
    private static String audited(String schedule) {
        return POSTGRES.database()
                .inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("""
                        SELECT string_agg(action, ' ' ORDER BY id) FROM audit_entry
                        WHERE subject_kind = 'schedule' AND subject = :schedule
                          AND detail ->> 'job' = (SELECT id::text FROM job WHERE name = 'switched')""")
                        .bind("schedule", schedule)
                        .mapTo(String.class)
                        .one());
    }
}

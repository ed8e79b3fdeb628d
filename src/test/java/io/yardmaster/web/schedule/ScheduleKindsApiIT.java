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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ScheduleKindsApiIT {
    private static final String JOB = """
            kind: job
            namespace: shop
            name: kinds
            task: {type: noop}
            schedules:
            - {name: a-cron, cron: "0 30 2 * * ?", zone: Europe/Berlin, gap: SHIFT}
            - {name: b-unix, cron: "30 2 * * 1-5", dialect: unix}
            - {name: c-rate, rate: "R/2026-01-01T00:00:00Z/PT90S", jitter: PT30S}
            - {name: d-dates, dates: every month from 2026-01-01 at 18:00 on last working day}
            - {name: e-delay, delay: PT5M}
            - name: f-once
              at: "2098-11-23T02:00:00"
              validFrom: 2026-01-01T00:00:00+01:00
              validUntil: "2099-01-01T00:00:00Z"
              catchUp: {policy: ALL, count: 5, age: P2D, spread: PT10S}
            """;

    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

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

    // R1
    @Test
    void every_kind_of_schedule_is_kept_as_its_document_says_it() {
        assertThat(editor.putYaml("/jobs/shop/kinds", JOB).status()).isIn(200, 201);
        assertThat(editor.putYaml("/jobs/shop/kinds", JOB).json().get("change").asText())
                .isEqualTo("UNCHANGED");
        String written =
                editor.get("/jobs/shop/kinds", "Accept", "application/yaml").text();
        assertThat(editor.putYaml("/jobs/shop/kinds", written)
                        .json()
                        .get("change")
                        .asText())
                .as(written)
                .isEqualTo("UNCHANGED");
        JsonNode items = editor.get("/jobs/shop/kinds/schedules").json().get("items");
        assertThat(items.at("/0/gap").asText()).isEqualTo("SHIFT");
        assertThat(items.at("/0/catchUp/policy").asText()).isEqualTo("LATEST");
        assertThat(items.at("/1/cron").asText() + items.at("/1/dialect").asText())
                .isEqualTo("30 2 * * 1-5unix");
        assertThat(items.at("/2/rate").asText() + items.at("/2/jitter").asText())
                .isEqualTo("R/2026-01-01T00:00:00Z/PT90SPT30S");
        assertThat(items.at("/3/dates").asText()).isEqualTo("every month from 2026-01-01 at 18:00 on last working day");
        assertThat(items.at("/4/delay").asText()).isEqualTo("PT5M");
        assertThat(items.at("/5/at").asText()).isEqualTo("2098-11-23T02:00:00");
        assertThat(items.at("/5/validFrom").asText()).isEqualTo("2025-12-31T23:00:00Z");
        assertThat(items.at("/5/catchUp").toString())
                .isEqualTo("{\"policy\":\"ALL\",\"count\":5,\"age\":\"P2D\",\"spread\":\"PT10S\"}");
        assertThat(items.get(5).has("cron")).isFalse();
    }

    @Test
    void a_wrong_expression_and_wrong_terms_are_told_together_each_at_its_field() {
        Reply refused = editor.putYaml("/jobs/shop/wrong", """
                kind: job
                namespace: shop
                name: wrong
                task: {type: noop}
                schedules:
                - {name: a, rate: R/never/PT5M, jitter: P2D}
                - {name: b, at: tomorrow, catchUp: {count: 0, age: PT1S}}
                - {name: c, cron: "61 * * * *", dialect: unix, zone: Mars/Base}
                """);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors").findValuesAsText("field"))
                .as(refused.text())
                .containsExactly(
                        "schedules[0].rate",
                        "schedules[0].jitter",
                        "schedules[1].at",
                        "schedules[1].catchUp.count",
                        "schedules[1].catchUp.age",
                        "schedules[2].cron",
                        "schedules[2].zone");
    }
}

package io.yardmaster.web.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Backfilling;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackfillPagesIT {
    private static final String JOB = "/jobs/default/nightly";
    private static final String FORM = JOB + "/backfill";

    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static JobYard yard;
    private static Browser operator;
    private static Browser viewer;
    private static Browser stranger;

    @BeforeAll
    static void start() {
        yard = new JobYard(POSTGRES.database());
        Browser admin = yard.server.signedIn("ada", "*", Role.ADMIN);
        operator = yard.server.signedIn("oli", "default", Role.OPERATOR);
        viewer = yard.server.signedIn("vic", "default", Role.VIEWER);
        stranger = yard.server.signedIn("eve", "other", Role.ADMIN);
        yard.nightly(admin, "main", "0 0 2 * * ?");
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    @BeforeEach
    void empty() {
        yard.database.useTransaction(transaction -> transaction.sql().execute("DELETE FROM backfill; DELETE FROM run"));
    }

    @Test
    void a_job_leads_to_the_form_which_tells_what_it_means_before_anything_starts() {
        assertThat(operator.get(JOB).body()).contains(FORM);
        assertThat(viewer.get(JOB).body()).doesNotContain(FORM);
        assertThat(operator.get(FORM).body())
                .contains("Backfill of nightly", "0 0 2 * * ? UTC", "hx-get=\"" + FORM + "/preview\"");
        String looked = post("action", "preview").body();
        assertThat(looked).contains("31 runs", "31 instants in the range", "11 more", "Start 31 runs");
        assertThat(looked).contains("2026-01-01T00:00", "2026-01-31T12:00");
        assertThat(POSTGRES.count("backfill")).isZero();
        String live = operator.get(FORM + "/preview?schedule=main&from=2026-01-01T00:00&until=2026-01-02T12:00")
                .body();
        assertThat(live).contains("2 runs").doesNotContain("<html");
        assertThat(operator.get(FORM + "/preview?schedule=main&from=2026-01-03T00:00&until=2026-01-02")
                        .body())
                .contains("Until", "not before the beginning");
    }

    @Test
    void it_is_started_watched_paused_resumed_and_cancelled() {
        HttpResponse<String> started = post("action", "start", "parallelism", "2");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(303);
        String page = started.headers().firstValue("Location").orElseThrow();
        new Backfilling(yard.database).turn();
        assertThat(viewer.get(page).body())
                .contains("0 of 31", "Running", "oli", "Waiting for its turn", "REGION=eu")
                .doesNotContain(page + "/cancel", page + "/pause");
        assertThat(operator.get(page).body()).contains(page + "/cancel", page + "/pause");
        assertThat(operator.get(page + "?state=STARTED").body())
                .contains("/runs/")
                .doesNotContain("<td>–</td>");
        assertThat(viewer.get("/backfills").body()).contains("default/nightly", "0 of 31", page);
        assertThat(operator.submit(page + "/pause").body()).contains("starts nothing more", "Paused", page + "/resume");
        assertThat(operator.get(page + "/resume").body()).contains("29 instants are waiting");
        assertThat(operator.submit(page + "/resume", "failed", "leave").body()).contains("goes on");
        assertThat(operator.get(page + "/cancel").body()).contains("29 instants will not be run", "Let them end");
        assertThat(operator.submit(page + "/cancel", "running", "leave").body())
                .contains("is cancelled", "Not run", "cancelled by oli")
                .doesNotContain(page + "/cancel\"");
        assertThat(operator.post(page + "/cancel").statusCode()).isEqualTo(409);
    }

    @Test
    void one_that_has_stopped_says_why_and_is_resumed_with_its_failures_or_without() {
        String page = post("action", "start").headers().firstValue("Location").orElseThrow();
        new Backfilling(yard.database).turn();
        yard.database.useTransaction(transaction -> transaction.sql().execute("DELETE FROM run"));
        new Backfilling(yard.database).turn();
        assertThat(operator.get(page).body()).contains("Stopped by a failure", "nothing more is started");
        assertThat(operator.get("/backfills?state=STOPPED").body()).contains("1 failed");
        assertThat(operator.get(page + "/resume").body()).contains("Run them again", "Leave them failed");
        operator.submit(page + "/resume", "failed", "again");
        assertThat(POSTGRES.count("backfill_instant WHERE state = 'FAILED'")).isZero();
    }

    @Test
    void who_may_only_look_can_start_and_change_nothing() {
        assertThat(viewer.get(FORM).statusCode()).isEqualTo(403);
        assertThat(viewer.post(FORM, fields("action", "start")).statusCode()).isEqualTo(403);
        String page = post("action", "start").headers().firstValue("Location").orElseThrow();
        for (String act : List.of("/pause", "/resume", "/cancel")) {
            assertThat(viewer.post(page + act).statusCode()).isEqualTo(403);
            assertThat(stranger.post(page + act).statusCode()).isEqualTo(404);
        }
        Browser both = yard.server.signedIn("ben", Map.of("default", Role.VIEWER, "other", Role.OPERATOR));
        assertThat(both.get(FORM).statusCode()).isEqualTo(403);
        assertThat(both.get(page).body()).doesNotContain(page + "/cancel", page + "/pause");
        assertThat(both.post(page + "/pause").statusCode()).isEqualTo(403);
        assertThat(stranger.get(page).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/backfills").body()).contains("There is no backfill");
        assertThat(POSTGRES.count("backfill WHERE state = 'RUNNING'")).isEqualTo(1);
    }

    @Test
    void a_form_from_elsewhere_starts_nothing() {
        assertThat(operator.send(operator.request(FORM)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("action=start"))
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(POSTGRES.count("backfill")).isZero();
    }

    @Test
    void a_timetable_of_its_own_can_be_given() {
        yard.database.inTransaction(transaction -> new Calendars(yard.schedules)
                .create(
                        transaction,
                        new CalendarDraft(
                                "default", "bank", "", false, BusinessCalendar.plain(LocalDate.parse("2027-12-31"))),
                        Actor.system("test")));
        assertThat(operator.get(FORM).body()).contains("timetable.gap", "default/bank");
        String page = post(
                        "action",
                        "start",
                        "schedule",
                        BackfillForm.OWN,
                        "timetable.kind",
                        "UNIX_CRON",
                        "timetable.expression",
                        "30 4 * * 1",
                        "timetable.zone",
                        "Europe/Berlin",
                        "timetable.calendar",
                        "default/bank",
                        "timetable.calendarRule",
                        "NEXT",
                        "timetable.gap",
                        "SHIFT")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(operator.get(page).body())
                .contains("another timetable", "30 4 * * 1", "0 of 4", "default/bank", "on the working day after");
        assertThat(operator.get(FORM + "/preview?from=2026-01-01&until=2026-01-31&timetable.calendar=default/bank"
                                + "&timetable.calendarRule=NEXT&timetable.kind=UNIX_CRON&timetable.zone=UTC"
                                + "&timetable.expression=30+4+*+*+6&schedule=" + BackfillForm.OWN)
                        .body())
                .containsPattern("default/bank moved it to</span> <time [^>]*2026-01-05");
    }

    @Test
    void a_second_start_of_the_same_is_refused_on_the_form() {
        post("action", "start");
        HttpResponse<String> again = post("action", "start");
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("is under way", "REGION");
        assertThat(POSTGRES.count("backfill")).isEqualTo(1);
    }

    @Test
    void lists_are_searched_and_empty_ones_say_so() {
        assertThat(operator.get("/backfills").body()).contains("There is no backfill");
        post("action", "start");
        assertThat(operator.get("/backfills?job=NIGHT&state=OPEN").body()).contains("0 of 31");
        assertThat(operator.get("/backfills?job=other").body()).contains("No backfill is like that");
        assertThat(operator.get("/backfills?state=FINISHED").body()).contains("No backfill is like that");
        assertThat(operator.get("/backfills?state=%00&before=x&job=%00").statusCode())
                .isEqualTo(200);
        assertThat(operator.get("/backfills/17").statusCode()).isEqualTo(404);
        assertThat(operator.get("/backfills/x").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "until, 2025-01-01T00:00, not before the beginning of the range",
        "until, 2126-01-01T00:00, lies ahead",
        "from, never, is a date",
        "from, '', is absent",
        "parallelism, 0, from 1 to 100",
        "parallelism, 1000, from 1 to 100",
        "schedule, weekly, has no schedule of that name",
        "order, RANDOM, is one of",
        "parameter.name, a b, letters",
    })
    void what_cannot_be_comes_back_with_its_reason_and_what_was_typed(String field, String value, String reason) {
        HttpResponse<String> refused = post("action", "start", field, value);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(reason, "eu");
        assertThat(POSTGRES.count("backfill")).isZero();
    }

    @Test
    void all_of_it_is_there_in_chinese() {
        String page = post("action", "start").headers().firstValue("Location").orElseThrow();
        for (String path : List.of(FORM, "/backfills", page, page + "/cancel", page + "/resume")) {
            HttpResponse<String> chinese = operator.get(path, "Accept-Language", "zh-CN");
            assertThat(chinese.statusCode()).isEqualTo(200);
            assertThat(chinese.body()).contains("补跑").doesNotContain("??");
        }
    }

    private static HttpResponse<String> post(String... changed) {
        return operator.post(FORM, fields(changed));
    }

    /** A good form with other values for some fields. */
    private static String[] fields(String... changed) {
        List<String> fields = new ArrayList<>(List.of(changed));
        String[] good = {
            "schedule", "main",
            "from", "2026-01-01T00:00",
            "until", "2026-01-31T12:00",
            "parallelism", "1",
            "order", "OLDEST_FIRST",
            "onFailure", "STOP",
            "parameter.name", "REGION",
            "parameter.value", "eu"
        };
        for (int i = 0; i < good.length; i += 2) {
            if (!fields.contains(good[i])) {
                fields.addAll(List.of(good[i], good[i + 1]));
            }
        }
        return fields.toArray(String[]::new);
    }
}

package io.yardmaster.web.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchedulePagesIT {
    private static final String JOB = "/jobs/default/job";

    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static JobYard yard;
    private static Browser editor;

    @BeforeAll
    static void start() {
        yard = new JobYard(POSTGRES.database());
        editor = yard.server.signedIn("ed", "*", Role.EDITOR);
        editor.post("/jobs", "namespace", "default", "name", "job", "queue", "default/default", "task.script", "true");
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    @Test
    void a_job_has_several_schedules_each_with_parameters_and_clock_change_rules() {
        add("first", "0 0 3 * * ?");
        HttpResponse<String> shown = editor.submit(
                JOB + "/schedules",
                "schedule.name",
                "second",
                "schedule.cron",
                "0 30 2 * * ?",
                "schedule.zone",
                "Europe/Berlin",
                "schedule.gap",
                "SKIP",
                "schedule.enabled",
                "true",
                "parameter.name",
                "FULL",
                "parameter.value",
                "yes");
        assertThat(shown.body())
                .contains("The schedule second was added.", "every day at 03:00", "every day at 02:30", "FULL=yes");
        assertThat(find("second").timetable().gap().name()).isEqualTo("SKIP");
    }

    @ParameterizedTest
    @CsvSource({
        "schedule.cron, '', has 0 fields",
        "schedule.cron, 0 0 3 31 2 ?, never comes",
        "schedule.zone, Mars/Base, zone is",
        "schedule.name, No!, a name is 1 to 100",
        "schedule.gap, JUMP, END_OF_GAP",
        "parameter.name, A B, letters"
    })
    void a_bad_field_is_told_in_its_place_and_nothing_is_stored(String field, String typed, String told) {
        List<String> form = new java.util.ArrayList<>(List.of(
                "schedule.name",
                "bad",
                "schedule.cron",
                "0 0 3 * * ?",
                "schedule.zone",
                "UTC",
                "schedule.gap",
                "",
                "parameter.name",
                "A",
                "parameter.value",
                "1"));
        form.set(form.indexOf(field) + 1, typed);
        HttpResponse<String> answer = editor.post(JOB + "/schedules", form.toArray(String[]::new));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(told);
        assertThat(find("bad")).isNull();
    }

    @Test
    void a_lost_update_is_shown_and_nothing_typed_is_lost() {
        Schedule schedule = add("contested", "0 0 4 * * ?");
        String path = JOB + "/schedules/" + schedule.id() + "/edit";
        String version = Integer.toString(schedule.version());
        editor.post(path, form("contested", "0 0 5 * * ?", version));
        HttpResponse<String> refused = editor.post(path, form("contested", "0 0 6 * * ?", version));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("Somebody changed this schedule", "every day at 05:00", "0 0 6 * * ?");
        assertThat(find("contested").timetable().expression()).isEqualTo("0 0 5 * * ?");
    }

    @Test
    void a_schedule_is_switched_and_archived() {
        Schedule schedule = add("fleeting", "0 0 7 * * ?");
        String path = JOB + "/schedules/" + schedule.id();
        assertThat(editor.submit(path + "/disable").body()).contains("The schedule fleeting is off.");
        assertThat(editor.submit(path + "/enable").body()).contains("The schedule fleeting is on.");
        assertThat(editor.get(path + "/archive").body()).contains("every day at 07:00");
        String version = Integer.toString(find("fleeting").version());
        assertThat(editor.submit(path + "/archive", "version", version).body())
                .contains("The schedule fleeting was archived.");
        assertThat(editor.get(path + "/edit").statusCode()).isEqualTo(404);
    }

    @Test
    void a_schedule_is_reached_through_its_own_job_only() {
        Schedule schedule = add("guarded", "0 0 8 * * ?");
        editor.post("/jobs", "namespace", "shop", "name", "other", "queue", "default/default", "task.script", "true");
        Browser local = yard.server.signedIn("lo", "shop", Role.EDITOR);
        assertThat(local.post("/jobs/shop/other/schedules/" + schedule.id() + "/disable")
                        .statusCode())
                .isEqualTo(404);
        assertThat(find("guarded").enabled()).isTrue();
    }

    @Test
    void a_preview_tells_ten_fires_or_why_there_are_none() {
        String fires = editor.get("/schedules/preview?schedule.cron=0+30+2+*+*+%3F&schedule.zone=Europe/Berlin")
                .body();
        assertThat(fires.split("<li>", -1)).hasSize(11);
        assertThat(editor.get("/schedules/preview?schedule.cron=nonsense").body())
                .contains("fields");
        assertThat(editor.get("/schedules/preview").body()).contains("Write a cron expression");
    }

    private static Schedule add(String name, String cron) {
        editor.post(JOB + "/schedules", form(name, cron, ""));
        return find(name);
    }

    private static String[] form(String name, String cron, String version) {
        return new String[] {
            "schedule.name",
            name,
            "schedule.cron",
            cron,
            "schedule.zone",
            "UTC",
            "schedule.enabled",
            "true",
            "version",
            version
        };
    }

    private static Schedule find(String name) {
        return yard.database.inTransaction(transaction ->
                yard
                        .schedules
                        .ofJob(
                                transaction,
                                yard.jobs.get(transaction, "default", "job").id())
                        .stream()
                        .filter(schedule -> schedule.name().equals(name))
                        .findFirst()
                        .orElse(null));
    }
}

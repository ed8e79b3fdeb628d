package io.yardmaster.web.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.Calendars;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.trigger.CatchUp;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

    @Test
    void what_needs_a_beginning_is_offered_today() {
        String day = "value=\"" + LocalDate.now(ZoneOffset.UTC).getYear() + "-[0-9]{2}-[0-9]{2}";
        Schedule schedule = add("begun", "0 0 3 * * ?");
        for (String path :
                List.of(JOB + "/schedules/new", JOB + "/schedules/" + schedule.id() + "/edit", "/jobs/new")) {
            assertThat(editor.get(path).body())
                    .containsPattern("name=\"schedule.rate.from\" type=\"datetime-local\" " + day + "T00:00\"")
                    .containsPattern("name=\"schedule.dates.from\" type=\"date\" " + day + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "schedule.cron, '', has 0 fields",
        "schedule.cron, 0 0 3 31 2 ?, never comes",
        "schedule.zone, Mars/Base, zone is",
        "schedule.name, No!, a name is 1 to 100",
        "schedule.validFrom, 2027-01-01T00:00:00.5Z, is a date and time",
        "schedule.validFrom, 1969-12-31T23:00, is between the years",
        "schedule.validUntil, +99999-01-01T00:00:00Z, is between the years",
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
                "schedule.validFrom",
                "",
                "schedule.validUntil",
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
        HttpResponse<String> reloaded = editor.get(JOB + "/schedules");
        assertThat(reloaded.statusCode()).isEqualTo(303);
        assertThat(reloaded.headers().firstValue("Location").orElseThrow()).endsWith(JOB);
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

    // R3
    @Test
    void a_schedule_goes_by_a_calendar_that_is_chosen_and_stays_so() {
        calendar("default", "bank", false);
        calendar("elsewhere", "hidden", false);
        calendar("elsewhere", "shown", true);
        String blank = editor.get(JOB + "/schedules/new").body();
        assertThat(blank)
                .contains("value=\"default/bank\"", "value=\"elsewhere/shown\"")
                .doesNotContain("elsewhere/hidden");
        String[] form = {
            "schedule.name", "banked", "schedule.cron", "0 0 9 ? * SAT", "schedule.zone", "UTC",
            "schedule.calendar", "default/bank", "schedule.calendarRule", "NEXT", "schedule.enabled", "true"
        };
        assertThat(editor.submit(JOB + "/schedules", form).body())
                .contains("The schedule banked was added.", "default/bank: on the working day after");
        Schedule schedule = find("banked");
        assertThat(schedule.timetable().calendar().rule()).isEqualTo(CalendarRule.NEXT);
        String path = JOB + "/schedules/" + schedule.id() + "/edit";
        assertThat(editor.get(path).body())
                .contains("<option value=\"default/bank\" selected", "default/bank moved it from");
        // a form that lacks the fields leaves the calendar, one that blanks it takes it away
        editor.submit(path, form("banked", "0 0 10 ? * SAT", Integer.toString(schedule.version())));
        assertThat(find("banked").timetable().calendar()).isNotNull();
        editor.submit(
                path,
                "version",
                Integer.toString(find("banked").version()),
                "schedule.calendar",
                "",
                "schedule.enabled",
                "true");
        assertThat(find("banked").timetable().calendar()).isNull();
        assertThat(editor.post(
                                JOB + "/schedules",
                                "schedule.name",
                                "no",
                                "schedule.cron",
                                "0 0 9 * * ?",
                                "schedule.zone",
                                "UTC",
                                "schedule.calendar",
                                "elsewhere/hidden")
                        .body())
                .contains("there is no such calendar");
        assertThat(find("no")).isNull();
    }

    @Test
    void a_new_job_goes_by_a_calendar_and_its_page_says_what_is_moved() {
        calendar("default", "moving", false);
        HttpResponse<String> shown = editor.submit(
                "/jobs",
                "namespace",
                "default",
                "name",
                "solo",
                "queue",
                "default/default",
                "task.script",
                "true",
                "schedule.cron",
                "0 0 9 ? * SAT",
                "schedule.zone",
                "UTC",
                "schedule.calendar",
                "default/moving",
                "schedule.calendarRule",
                "NEXT",
                "schedule.enabled",
                "true",
                "enabled",
                "true");
        assertThat(shown.body()).contains("default/moving: on the working day after", "default/moving moved it from");
    }

    @Test
    void a_preview_marks_what_a_calendar_leaves_out_or_moves() {
        calendar("default", "marks", false);
        String query = "/schedules/preview?schedule.zone=UTC&schedule.calendar=default/marks&schedule.cron=0+0+9+";
        assertThat(editor.get(query + "*+*+?").body()).contains("2 left out by default/marks");
        assertThat(editor.get(query + "?+*+SAT&schedule.calendarRule=PREVIOUS").body())
                .contains("default/marks moved it from");
        assertThat(editor.get(query + "?+*+SAT", "Accept-Language", "zh-CN").body())
                .contains("被 default/marks 略去");
        Browser other = yard.server.signedIn("oda", "shop", Role.VIEWER);
        assertThat(other.get(query + "*+*+?").body()).contains("there is no such calendar");
    }

    private static void calendar(String namespace, String name, boolean shared) {
        CalendarDraft draft =
                new CalendarDraft(namespace, name, "", shared, BusinessCalendar.plain(LocalDate.of(2030, 12, 31)));
        POSTGRES.database()
                .inTransaction(transaction ->
                        new Calendars(yard.schedules).create(transaction, draft, new Actor("test", null)));
    }

    @Test
    void a_preview_tells_ten_fires_or_why_there_are_none() {
        String fires = editor.get("/schedules/preview?schedule.cron=0+30+2+*+*+%3F&schedule.zone=Europe/Berlin")
                .body();
        assertThat(fires.split("<li>", -1)).hasSize(11);
        assertThat(editor.get("/schedules/preview?schedule.cron=nonsense").body())
                .contains("fields");
        assertThat(editor.get("/schedules/preview").body()).contains("Say when to see the next runs");
    }

    // R1
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unix  | schedule.kind=CRON&schedule.dialect=unix&schedule.cron=30 2 * * 1-5 | Monday to Friday at 02:30",
                "rate  | schedule.kind=RATE&schedule.rate.every=90&schedule.rate.unit=SECONDS"
                        + "&schedule.rate.from=2026-01-01T00:00 | every 90 seconds, from 2026-01-01 00:00",
                "dates | schedule.kind=DATES&schedule.dates.every=3&schedule.dates.unit=MONTHS"
                        + "&schedule.dates.from=2026-01-01&schedule.dates.at=18:00&schedule.dates.place=last"
                        + "&schedule.dates.what=working day | every 3 months on the last working day at 18:00",
                "delay | schedule.kind=DELAY&schedule.delay=5m | 5m after the end of the last run",
                "once  | schedule.kind=ONCE&schedule.at=2098-11-23T02:00 | once, at 2098-11-23 02:00"
            })
    void every_kind_is_written_previewed_shown_and_edited(String name, String fields, String said) {
        String[] form = fields("schedule.name=" + name + "&schedule.zone=UTC&schedule.enabled=true&" + fields);
        String query = "/schedules/preview?" + (fields + "&schedule.zone=UTC").replace(" ", "%20");
        assertThat(editor.get(query).body()).contains(said).doesNotContain("??", "class=\"problem\"");
        assertThat(editor.submit(JOB + "/schedules", form).body()).contains(said);
        Schedule made = find(name);
        String path = JOB + "/schedules/" + made.id() + "/edit";
        String page = editor.get(path).body();
        assertThat(page).contains(said).doesNotContain("??");
        for (int i = 2; i < form.length; i += 2) {
            assertThat(page).contains("name=\"" + form[i] + "\"");
        }
        editor.post(path, "schedule.enabled", "true", "version", Integer.toString(made.version()));
        assertThat(find(name).draft()).isEqualTo(made.draft());
        assertThat(find(name).version()).isEqualTo(made.version());
        assertThat(editor.get(JOB + "/schedules/" + made.id() + "/edit", "Accept-Language", "zh-CN")
                        .body())
                .doesNotContain("??", said);
    }

    // R4
    @Test
    void validity_jitter_and_catch_up_are_kept_and_told_where_they_are_wrong() {
        String terms = "schedule.name=terms&schedule.cron=0 0 3 * * ?&schedule.zone=Europe/Berlin"
                + "&schedule.validFrom=2026-01-01T00:00&schedule.validUntil=2099-01-01T00:00&schedule.jitter=90s"
                + "&schedule.catchUp.policy=ALL&schedule.catchUp.count=7&schedule.catchUp.age=36h"
                + "&schedule.catchUp.spread=10s";
        String wrong = terms.replace("2099", "2025")
                .replace("=90s", "=2d")
                .replace("=7", "=0")
                .replace("36h", "soon");
        HttpResponse<String> refused = editor.post(JOB + "/schedules", fields(wrong));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("ends before it begins", "from none to a day", "must be 1 to 10000", "an amount such as 90s")
                .contains("value=\"soon\"", "value=\"2d\"", "value=\"2025-01-01T00:00\"")
                .doesNotContain("catchUp.count:");
        editor.post(JOB + "/schedules", fields(terms));
        Terms kept = find("terms").terms();
        assertThat(kept.validFrom()).isEqualTo("2025-12-31T23:00:00Z");
        assertThat(kept.jitter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(kept.catchUp())
                .isEqualTo(new CatchUp(CatchUp.Policy.ALL, 7, Duration.ofHours(36), Duration.ofSeconds(10)));
    }

    // R2
    @Test
    void a_preview_says_what_a_clock_change_does_and_what_jitter_adds() {
        String query = "?schedule.cron=0+30+2+29+3+%3F+2037&schedule.zone=Europe/Berlin&schedule.jitter=5m";
        assertThat(editor.get("/schedules/preview" + query).body())
                .contains("2037-03-29 03:00:00 Europe/Berlin", "it runs when the gap ends", "up to 5m later");
        assertThat(editor.get("/schedules/preview" + query, "Accept-Language", "zh-CN")
                        .body())
                .contains("跳过", "最多推迟 5m");
    }

    @Test
    void a_cron_expression_is_put_together_with_and_without_scripts() {
        String choices = "schedule.build.every=WEEK&schedule.build.at=07:15&schedule.build.weekday=MON"
                + "&schedule.build.weekday=THU&schedule.zone=UTC";
        String part = editor.get("/schedules/preview/cron?" + choices).body();
        assertThat(part)
                .contains("value=\"0 15 7 ? * MON,THU\"", "hx-swap-oob=\"true\"", "Monday, Thursday at 07:15")
                .doesNotContain("<html");
        HttpResponse<String> page = editor.post(JOB + "/schedules", fields("action=build&" + choices));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"0 15 7 ? * MON,THU\"", "Monday, Thursday at 07:15");
    }

    @Test
    void a_new_job_has_a_first_schedule_of_any_kind() {
        HttpResponse<String> made = editor.submit(
                "/jobs",
                fields("namespace=default&name=once&queue=default/default&task.script=true&enabled=true"
                        + "&schedule.kind=ONCE&schedule.at=2098-11-23T02:00&schedule.zone=UTC&schedule.jitter=5s"
                        + "&schedule.enabled=true"));
        assertThat(made.body()).contains("once, at 2098-11-23 02:00");
        assertThat(editor.get("/jobs").body()).contains("once, at 2098-11-23 02:00");
    }

    /** Names and values in turn. */
    private static String[] fields(String written) {
        return written.split("[&=]");
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

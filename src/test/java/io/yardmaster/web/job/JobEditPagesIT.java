package io.yardmaster.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobEditPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static JobYard yard;
    private Browser editor;

    @BeforeAll
    static void start() {
        yard = new JobYard(POSTGRES.database());
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    @BeforeEach
    void signIn() {
        editor = yard.server.signedIn("ed", "*", Role.EDITOR);
    }

    @Test
    void a_job_and_its_first_schedule_are_made_with_one_form() {
        HttpResponse<String> shown = editor.submit(
                "/jobs", filled("name", "nightly", "schedule.cron", "0 30 2 * * ?", "schedule.zone", "Europe/Berlin"));
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body())
                .contains("The job nightly was created.", "echo hello", "every day at 02:30", "Europe/Berlin");
        assertThat(editor.get("/jobs").body()).contains("nightly", "every day at 02:30");
    }

    @Test
    void the_queue_of_the_canary_is_not_offered() {
        for (String namespace : List.of("system", "shop")) {
            QueueDraft canary = new QueueDraft(namespace, "canary", "", null, null, null, QueueLimits.NONE);
            yard.database.useTransaction(
                    transaction -> new QueueChanges().create(transaction, canary, Actor.system("test")));
        }
        assertThat(editor.get("/jobs/new").body()).contains("shop/canary").doesNotContain("system/canary");
    }

    @ParameterizedTest
    @CsvSource({
        "name, Not so!, a name is 1 to 100",
        "namespace, Über, a namespace is 1 to 63",
        "task.script, '  ', is empty",
        "task.interpreter, sh -x, program",
        "queue, shop/none, there is no queue",
        "timeout, soon, 1h 30m",
        "outputLimit, 5, is 1024 to",
        "delivery, TWICE, AT_LEAST_ONCE",
        "schedule.cron, 0 30 25 * * ?, hour is",
        "schedule.zone, Europe/Berlyn, zone is",
        "parameter.name, 1ST, begins with no digit"
    })
    void a_bad_field_is_told_in_its_place_and_nothing_is_stored(String field, String typed, String told) {
        HttpResponse<String> answer = editor.post(
                "/jobs",
                filled("name", "refused", "schedule.cron", "0 0 3 * * ?", "description", "kept <text>", field, typed));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(told).contains("kept &lt;text&gt;").contains("echo hello".substring(0, 4));
        assertThat(find("default", "refused")).isNull();
    }

    @Test
    void every_problem_is_told_at_once() {
        HttpResponse<String> answer = editor.post(
                "/jobs", filled("name", "", "timeout", "soon", "task.script", "", "schedule.cron", "0 0 25 * * ?"));
        assertThat(answer.body()).contains("a name is 1 to 100", "1h 30m", "write what shall be run", "hour is");
    }

    @Test
    void a_name_of_a_megabyte_is_refused() {
        HttpResponse<String> answer = editor.post("/jobs", filled("name", "n".repeat(1 << 20)));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("a name is 1 to 100");
    }

    @Test
    void a_nul_in_any_field_is_refused_and_breaks_nothing() {
        for (String field : List.of("namespace", "name", "description", "queue", "task.script", "schedule.zone")) {
            HttpResponse<String> answer =
                    editor.post("/jobs", filled("name", "nul", "schedule.cron", "0 0 3 * * ?", field, "a\0b"));
            assertThat(answer.statusCode()).as(field).isEqualTo(422);
        }
    }

    @Test
    void a_name_that_is_taken_is_told_at_the_name() {
        editor.submit("/jobs", filled("name", "taken"));
        HttpResponse<String> answer = editor.post("/jobs", filled("name", "taken"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("there is a job of this name already");
    }

    @Test
    void a_preview_without_a_script_shows_ten_fires_and_keeps_the_form() {
        HttpResponse<String> answer = editor.post(
                "/jobs",
                filled(
                        "name", "previewed",
                        "schedule.cron", "0 30 2 29 3 ? 2037",
                        "schedule.zone", "Europe/Berlin",
                        "action", "preview"));
        assertThat(answer.statusCode()).isEqualTo(200);
        // R2
        assertThat(answer.body()).contains("clocks change: 2037-03-29 03:00:00", "value=\"previewed\"");
        assertThat(find("default", "previewed")).isNull();
    }

    @Test
    void a_form_becomes_a_document_and_a_document_a_job() {
        HttpResponse<String> document =
                editor.post("/jobs", filled("name", "written", "schedule.cron", "0 0 3 * * ?", "action", "document"));
        String text = textArea(document.body(), "document");
        assertThat(text).contains("kind: job", "name: written", "cron:");
        HttpResponse<String> shown = editor.submit("/jobs", "as", "document", "action", "save", "document", text);
        assertThat(shown.body()).contains("The job written was created.", "every day at 03:00");
    }

    @Test
    void a_document_that_cannot_be_read_is_told_with_its_place_and_stays() {
        HttpResponse<String> answer =
                editor.post("/jobs", "as", "document", "action", "save", "document", "kind: job\nname: [unclosed\n");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("line", "name: [unclosed");
    }

    @Test
    void a_lost_update_is_shown_and_nothing_typed_is_lost() {
        editor.submit("/jobs", filled("name", "contested"));
        String mine = editor.get("/jobs/default/contested/edit").body();
        Browser other = yard.server.signedIn("olga", "*", Role.EDITOR);
        String theirs = other.get("/jobs/default/contested/edit").body();
        assertThat(other.post("/jobs/default/contested/edit", changed(theirs, "echo theirs"))
                        .statusCode())
                .isEqualTo(303);

        HttpResponse<String> refused = editor.post("/jobs/default/contested/edit", changed(mine, "echo mine"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("olga changed this job", "echo theirs", "echo mine");
        assertThat(script("contested")).isEqualTo("echo theirs");

        assertThat(editor.post("/jobs/default/contested/edit", changed(refused.body(), "echo mine"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(script("contested")).isEqualTo("echo mine");
    }

    @Test
    void what_is_hostile_is_shown_as_text() {
        String hostile = "</textarea><script>alert(1)</script>'\"&{{}}${1+1}";
        editor.submit(
                "/jobs",
                filled("name", "hostile", "description", hostile, "task.script", hostile, "parameter.value", hostile));
        for (String path : List.of(
                "/jobs",
                "/jobs/default/hostile",
                "/jobs/default/hostile/edit",
                "/jobs/default/hostile/run",
                "/jobs/default/hostile/versions/1",
                "/jobs?q=%3Cscript%3Ealert(1)%3C/script%3E&namespace=%22%3E%3Cscript%3E")) {
            HttpResponse<String> page = editor.get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).doesNotContain("<script>");
        }
    }

    @Test
    void who_may_only_view_or_operate_can_write_no_job() {
        editor.submit("/jobs", filled("name", "guarded"));
        for (Role role : List.of(Role.VIEWER, Role.OPERATOR)) {
            Browser browser = yard.server.signedIn(role.name().toLowerCase(java.util.Locale.ROOT), "default", role);
            assertThat(browser.get("/jobs/default/guarded").body()).doesNotContain("/edit\"");
            assertThat(browser.get("/jobs/new").statusCode()).isEqualTo(403);
            assertThat(browser.post("/jobs", filled("name", "sneaked")).statusCode())
                    .isEqualTo(403);
            assertThat(browser.get("/jobs/default/guarded/edit").statusCode()).isEqualTo(403);
        }
        assertThat(find("default", "sneaked")).isNull();
    }

    @Test
    void an_editor_of_one_namespace_makes_no_job_in_another() {
        Browser local = yard.server.signedIn("lo", "shop", Role.EDITOR);
        HttpResponse<String> answer = local.post("/jobs", filled("name", "abroad", "namespace", "default"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("you may make jobs in shop only");
        assertThat(local.get("/jobs/default/abroad").statusCode()).isEqualTo(404);
    }

    private static Job find(String namespace, String name) {
        return yard.database.inTransaction(
                transaction -> yard.jobs.find(transaction, namespace, name).orElse(null));
    }

    private static String script(String name) {
        return ((io.yardmaster.task.ShellTask)
                        find("default", name).definition().task())
                .script();
    }

    /** The form of a new job with {@code changes}, names and values in turn; of two values, the later. */
    static String[] filled(String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("namespace", "default");
        fields.put("queue", "default/default");
        fields.put("task.script", "echo hello");
        fields.put("task.interpreter", "sh");
        fields.put("parameter.name", "REGION");
        fields.put("parameter.value", "eu");
        fields.put("delivery", "AT_LEAST_ONCE");
        fields.put("enabled", "true");
        fields.put("schedule.enabled", "true");
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return fields.entrySet().stream()
                .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
    }

    private static String[] changed(String page, String script) {
        String[] fields =
                filled("task.script", script, "version", hidden(page, "version"), "etag", hidden(page, "etag"));
        return Arrays.copyOf(fields, fields.length);
    }

    private static String hidden(String page, String name) {
        Matcher found =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }

    private static String textArea(String page, String name) {
        Matcher found = Pattern.compile("<textarea[^>]*name=\"" + name + "\"[^>]*>\n?([^<]*)</textarea>")
                .matcher(page);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1).replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }
}

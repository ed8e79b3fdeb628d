package io.yardmaster.web.job;

import static io.yardmaster.web.job.JobEditPagesIT.filled;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JobPagesIT {
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
    void without_jobs_the_page_leads_to_the_first_one() {
        Browser local = yard.server.signedIn("lonely", "empty", Role.EDITOR);
        assertThat(local.get("/jobs").body()).contains("No jobs yet", "Write the first job", "href=\"/jobs/new\"");
    }

    @Test
    void the_list_says_of_which_jobs_all_schedules_are_paused_and_when_nothing_comes() {
        editor.post("/jobs", filled("name", "on-hold", "schedule.cron", "0 0 3 * * ?"));
        editor.post("/jobs", filled("name", "as-usual", "schedule.cron", "0 0 3 * * ?"));
        String over = "2026-01-01T00:00:00Z";
        editor.post("/jobs", filled("name", "long-over", "schedule.cron", "0 0 3 * * ?", "schedule.validUntil", over));
        editor.submit("/jobs/default/on-hold/pause", "reason", "works");
        Function<String, String> line = name -> {
            String list = editor.get("/jobs?q=" + name).body();
            return list.substring(list.indexOf("<tbody>"), list.indexOf("</tbody>"));
        };
        assertThat(line.apply("on-hold")).contains(">Paused<");
        assertThat(line.apply("as-usual")).doesNotContain(">Paused<");
        assertThat(line.apply("as-usual")).containsPattern("data-label=\"Next[^\"]*\"><time datetime");
        assertThat(line.apply("on-hold")).doesNotContainPattern("data-label=\"Next[^\"]*\"><time datetime");
        assertThat(line.apply("long-over")).doesNotContainPattern("data-label=\"Next[^\"]*\"><time datetime");
    }

    @Test
    void jobs_are_found_by_words_of_name_description_and_script() {
        editor.post("/jobs", filled("name", "find-by-name"));
        editor.post("/jobs", filled("name", "second", "description", "Feeds the HAMSTERS"));
        editor.post("/jobs", filled("name", "third", "task.script", "rsync -a /backup"));
        assertThat(editor.get("/jobs?q=by-NAME").body())
                .contains("find-by-name")
                .doesNotContain(">second<");
        assertThat(editor.get("/jobs?q=hamsters").body()).contains(">second<").doesNotContain(">third<");
        assertThat(editor.get("/jobs?q=rsync").body()).contains(">third<").doesNotContain(">second<");
        assertThat(editor.get("/jobs?q=100%25").body()).contains("No job matches");
    }

    @Test
    void a_list_goes_on_where_the_page_before_ended_in_every_order() {
        for (int i = 0; i < 60; i++) {
            editor.post("/jobs", filled("name", "many-%02d".formatted(i), "namespace", "many"));
        }
        for (String sort : List.of("", "-name", "newest", "oldest")) {
            String first = editor.get("/jobs?namespace=many&sort=" + sort).body();
            String next = first.replaceAll("(?s).*href=\"([^\"]*after=[^\"]*)\" rel=\"next\".*", "$1");
            String second = editor.get(next.replace("&amp;", "&")).body();
            assertThat(names(first)).hasSize(50);
            assertThat(names(second)).hasSize(10).doesNotContainAnyElementsOf(names(first));
        }
    }

    @Test
    void a_viewer_sees_jobs_of_their_namespaces_only_and_no_buttons() {
        editor.post("/jobs", filled("name", "seen", "namespace", "shop"));
        editor.post("/jobs", filled("name", "unseen", "namespace", "vault"));
        Browser viewer = yard.server.signedIn("vi", "shop", Role.VIEWER);
        assertThat(viewer.get("/jobs").body()).contains(">seen<").doesNotContain("unseen", "/jobs/new");
        assertThat(viewer.get("/jobs?namespace=vault").body()).doesNotContain("unseen");
        assertThat(viewer.get("/jobs/vault/unseen").statusCode()).isEqualTo(404);
        // S3: the same answer as for a missing one
        assertThat(viewer.get("/jobs/vault/missing").statusCode()).isEqualTo(404);
        assertThat(viewer.get("/jobs/shop/seen").body())
                .doesNotContain("action=\"/jobs/shop/seen/run\"", "/edit\"", "/archive\"", "/disable\"");
        assertThat(viewer.post("/jobs/shop/seen/run").statusCode()).isEqualTo(403);
        assertThat(viewer.post("/jobs/shop/seen/disable").statusCode()).isEqualTo(403);
    }

    @Test
    void run_now_leads_to_the_run_that_waits_with_its_parameters() {
        editor.post("/jobs", filled("name", "started"));
        Browser operator = yard.server.signedIn("op", "default", Role.OPERATOR);
        HttpResponse<String> answer =
                operator.post("/jobs/default/started/run", "parameter.name", "REGION", "parameter.value", "us");
        assertThat(answer.statusCode()).isEqualTo(303);
        long run = Long.parseLong(
                answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""));
        assertThat(yard.database
                        .inTransaction(transaction -> new io.yardmaster.run.Runs()
                                .find(transaction, run)
                                .orElseThrow())
                        .parameters())
                .containsEntry("REGION", "us");
        // S16
        List<String> actors = yard.database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT actor FROM audit_entry WHERE action = 'run.start' AND subject = :run")
                .bind("run", Long.toString(run))
                .mapTo(String.class)
                .list());
        assertThat(actors).containsExactly("op");
        assertThat(operator.get("/jobs/default/started").body()).contains("Queued", "By hand");
    }

    @Test
    void a_run_with_bad_parameters_is_refused_and_the_rows_stay() {
        editor.post("/jobs", filled("name", "not-started"));
        HttpResponse<String> answer = editor.post(
                "/jobs/default/not-started/run", "parameter.name", "YARDMASTER_X", "parameter.value", "kept");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("are set by Yardmaster", "kept");
    }

    @Test
    void a_job_is_switched_off_and_on() {
        editor.post("/jobs", filled("name", "switched", "schedule.cron", "0 0 3 * * ?"));
        assertThat(editor.submit("/jobs/default/switched/disable").body())
                .contains("The job switched is off.", "nothing will start by itself");
        assertThat(editor.get("/jobs?enabled=no").body()).contains(">switched<");
        assertThat(editor.submit("/jobs/default/switched/enable").body()).contains("The job switched is on.");
    }

    @Test
    void a_job_is_archived_only_by_its_name() {
        editor.post("/jobs", filled("name", "old", "schedule.cron", "0 0 3 * * ?"));
        assertThat(editor.get("/jobs/default/old/archive").body()).contains("Its schedule is archived with it.");
        assertThat(editor.post("/jobs/default/old/archive", "version", "1", "confirm", "odl")
                        .statusCode())
                .isEqualTo(422);
        assertThat(editor.submit("/jobs/default/old/archive", "version", "1", "confirm", "old")
                        .body())
                .contains("The job default/old was archived.");
        assertThat(editor.get("/jobs/default/old").statusCode()).isEqualTo(404);
    }

    @Test
    void versions_tell_who_changed_what_and_an_old_one_can_be_restored() {
        editor.post("/jobs", filled("name", "versioned", "task.script", "echo one"));
        editor.post(
                "/jobs/default/versioned/edit", filled("name", "versioned", "task.script", "echo two", "version", "1"));
        String second = editor.get("/jobs/default/versioned/versions/2").body();
        assertThat(second).contains("Written by ed", "echo one", "echo two", "From version 1 to 2");
        assertThat(editor.submit("/jobs/default/versioned/versions/1/restore", "from", "2")
                        .body())
                .contains("as it was in version 1", "echo one", "Version 3");
        assertThat(editor.post("/jobs/default/versioned/versions/2/restore", "from", "2")
                        .statusCode())
                .isEqualTo(409);
        assertThat(editor.get("/jobs/default/versioned/versions/9").statusCode())
                .isEqualTo(404);
    }

    private static List<String> names(String page) {
        return java.util.regex.Pattern.compile(">(many-[0-9]{2})<")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}

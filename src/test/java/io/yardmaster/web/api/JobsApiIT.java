package io.yardmaster.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Lock;
import io.yardmaster.queue.Queue;
import io.yardmaster.security.Role;
import io.yardmaster.trigger.Schedule;
import io.yardmaster.trigger.SharedTimetable;
import io.yardmaster.web.api.ApiClient.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JobsApiIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES =
            PostgresExtension.with(Job.class, Queue.class, Lock.class, Schedule.class, SharedTimetable.class);

    private static final String JOB = """
            kind: job
            namespace: shop
            name: %s
            description: Closes the day's books
            enabled: true
            task:
              type: shell
              script: |
                set -eu
                echo "$day"
            parameters:
              day: "01"
            timeout: 90
            schedules:
            - name: nightly
              cron: 0 0 2 * * ?
              zone: Europe/Berlin
              enabled: true
            """;

    private static ApiServer server;
    private static ApiClient editor;
    private static ApiClient operator;
    private static ApiClient other;

    @BeforeAll
    static void serve() {
        server = ApiServer.start(POSTGRES.database());
        editor = server.as("eva", "shop", Role.EDITOR);
        operator = server.as("oli", "shop", Role.OPERATOR);
        other = server.as("ute", "bakery", Role.EDITOR);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_document_is_made_found_changed_and_archived() {
        Reply made = editor.putYaml("/jobs/shop/books", JOB.formatted("books"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("change").asText()).isEqualTo("CREATED");
        Reply same = editor.putYaml("/jobs/shop/books", JOB.formatted("books"));
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.json().get("change").asText()).isEqualTo("UNCHANGED");
        assertThat(same.header("ETag")).isEqualTo(made.header("ETag"));
        Reply yaml = editor.get("/jobs/shop/books", "Accept", "application/yaml");
        assertThat(yaml.text()).isEqualTo(JOB.formatted("books"));
        Reply json = editor.get("/jobs/shop/books", "Accept", "application/json");
        assertThat(json.json().at("/status/version").asInt()).isEqualTo(1);
        assertThat(json.header("ETag")).isEqualTo(made.header("ETag"));
        Reply back = editor.putJson("/jobs/shop/books", json.text(), "If-Match", json.header("ETag"));
        assertThat(back.json().get("change").asText()).as(back.text()).isEqualTo("UNCHANGED");
        assertThat(editor.delete("/jobs/shop/books").status()).isEqualTo(204);
        assertThat(editor.get("/jobs/shop/books").status()).isEqualTo(404);
        assertThat(text("SELECT string_agg(name, ' ') FROM schedule WHERE archived_at IS NULL AND name = 'nightly'"
                        + " AND job_id IN (SELECT id FROM job WHERE name = 'books')"))
                .isNull();
    }

    @Test
    void of_two_editors_the_later_is_told_who_was_first() {
        String path = "/jobs/shop/edited";
        String tag = editor.putYaml(path, JOB.formatted("edited")).header("ETag");
        String first = JOB.formatted("edited").replace("timeout: 90", "timeout: 91");
        assertThat(editor.putYaml(path, first, "If-Match", tag).status()).isEqualTo(200);
        String second = JOB.formatted("edited").replace("timeout: 90", "timeout: 92");
        Reply late = editor.putYaml(path, second, "If-Match", tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().get("detail").asText()).contains("last by eva at 20");
        assertThat(editor.putYaml(path, second, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(editor.get(path).json().get("timeout").asInt()).isEqualTo(91);
        assertThat(editor.putYaml(path, second, "If-Match", "\"2\"").status()).isEqualTo(200);
    }

    @Test
    void a_bad_cron_does_not_hide_a_bad_zone() {
        String wrong = JOB.formatted("mistimed").replace("0 0 2", "0 0 25").replace("Europe/Berlin", "Europe/Berlyn");
        Reply refused = editor.putYaml("/jobs/shop/mistimed", wrong, "Accept-Language", "zh-CN");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors").findValuesAsText("field"))
                .containsExactly("schedules[0].cron", "schedules[0].zone");
        assertThat(refused.json().at("/errors/0/message").asText()).startsWith("hour is '25' at position 5");
    }

    @Test
    void a_change_of_a_schedule_alone_changes_the_tag() {
        String path = "/jobs/shop/rescheduled";
        String tag = editor.putYaml(path, JOB.formatted("rescheduled")).header("ETag");
        String moved = JOB.formatted("rescheduled").replace("0 0 2", "0 0 3");
        Reply first = editor.putYaml(path, moved, "If-Match", tag);
        assertThat(first.json().get("change").asText()).as(first.text()).isEqualTo("UPDATED");
        assertThat(editor.putYaml(path, JOB.formatted("rescheduled"), "If-Match", tag)
                        .status())
                .isEqualTo(412);
        String without = moved.substring(0, moved.indexOf("schedules:"));
        assertThat(editor.putYaml(path, without).json().get("change").asText()).isEqualTo("UNCHANGED");
        assertThat(editor.putYaml(path, without + "schedules: []\n")
                        .json()
                        .get("change")
                        .asText())
                .isEqualTo("UPDATED");
        assertThat(editor.get(path).json().get("schedules")).isEmpty();
    }

    // S3
    @Test
    void what_is_in_another_namespace_is_as_if_it_were_not() {
        editor.putYaml("/jobs/shop/hidden", JOB.formatted("hidden"));
        Reply there = other.get("/jobs/shop/hidden");
        Reply nowhere = other.get("/jobs/shop/no-such-job");
        assertThat(there.status()).isEqualTo(404);
        assertThat(nowhere.json().get("detail")).isEqualTo(there.json().get("detail"));
        assertThat(other.putYaml("/jobs/shop/hidden", JOB.formatted("hidden")).status())
                .isEqualTo(404);
        assertThat(other.post("/jobs/shop/hidden/runs", null).status()).isEqualTo(404);
        String run =
                editor.post("/jobs/shop/hidden/runs", null).json().get("id").asText();
        Reply hidden = other.get("/runs/" + run);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(other.post("/runs/" + run + "/cancel", null).status()).isEqualTo(404);
        assertThat(other.get("/runs").json().get("items")).isEmpty();
        assertThat(other.get("/jobs").json().get("items")).isEmpty();
        assertThat(other.get("/definitions", "Accept", "application/yaml").text())
                .isEmpty();
        assertThat(server.stranger().get("/jobs").status()).isEqualTo(401);
    }

    @Test
    void an_operator_starts_and_switches_but_does_not_change() {
        editor.putYaml("/jobs/shop/operated", JOB.formatted("operated"));
        assertThat(operator.putYaml("/jobs/shop/operated", JOB.formatted("operated"))
                        .status())
                .isEqualTo(403);
        assertThat(operator.post("/jobs/shop/operated/disable", null)
                        .json()
                        .get("change")
                        .asText())
                .isEqualTo("UPDATED");
        assertThat(operator.post("/jobs/shop/operated/disable", null)
                        .json()
                        .get("change")
                        .asText())
                .isEqualTo("UNCHANGED");
        assertThat(operator.get("/jobs/shop/operated").json().get("enabled").asBoolean())
                .isFalse();
        assertThat(operator.get("/jobs/shop/operated/versions")
                        .json()
                        .at("/items/0/version")
                        .asInt())
                .isEqualTo(2);
        assertThat(operator.post("/jobs/shop/operated/runs", null).status()).isEqualTo(201);
    }

    // R14
    @Test
    void the_same_key_gives_the_same_run_however_many_ask_at_once() {
        editor.putYaml("/jobs/shop/once", JOB.formatted("once"));
        String body = "{\"parameters\": {\"day\": \"02\"}}";
        List<CompletableFuture<Reply>> asked = IntStream.range(0, 6)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> operator.post("/jobs/shop/once/runs", body, "Idempotency-Key", "k-1")))
                .toList();
        List<Reply> replies = asked.stream().map(CompletableFuture::join).toList();
        assertThat(replies).extracting(Reply::status).containsOnly(201);
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(replies).extracting(reply -> reply.header("Location")).doesNotContainNull();
        assertThat(text("SELECT count(*)::text FROM run JOIN job ON job.id = job_id WHERE name = 'once'"))
                .isEqualTo("1");
        Reply different = operator.post("/jobs/shop/once/runs", "{}", "Idempotency-Key", "k-1");
        assertThat(different.status()).isEqualTo(422);
        assertThat(different.text()).contains("used for another request");
        operator.post("/jobs/shop/once/runs", "{\"parameters\": {\"a\": \"b, c=d\"}}", "Idempotency-Key", "k-2");
        Reply alike = operator.post(
                "/jobs/shop/once/runs", "{\"parameters\": {\"a\": \"b\", \"c\": \"d\"}}", "Idempotency-Key", "k-2");
        assertThat(alike.status()).isEqualTo(different.status());
        Reply ofAnother = editor.post("/jobs/shop/once/runs", body, "Idempotency-Key", "k-1");
        assertThat(ofAnother.text()).isNotEqualTo(replies.get(0).text());
    }

    @Test
    void a_run_is_started_listed_cancelled_and_run_again() {
        editor.putYaml("/jobs/shop/lived", JOB.formatted("lived"));
        Reply started = operator.post("/jobs/shop/lived/runs", "{\"parameters\": {\"day\": \"x; rm -rf /\"}}");
        String id = started.json().get("id").asText();
        assertThat(started.header("Location")).endsWith("/api/v1/runs/" + id);
        Reply run = operator.get("/runs/" + id);
        assertThat(run.json().get("state").asText()).isEqualTo("QUEUED");
        assertThat(run.json().at("/parameters/day").asText()).isEqualTo("x; rm -rf /");
        assertThat(run.json().get("causedBy").asText()).isEqualTo("oli");
        assertThat(operator.post("/runs/" + id + "/cancel", null)
                        .json()
                        .get("outcome")
                        .asText())
                .isEqualTo("CANCELLED");
        assertThat(operator.post("/runs/" + id + "/cancel", null)
                        .json()
                        .get("outcome")
                        .asText())
                .isEqualTo("ALREADY_ENDED");
        Reply again = operator.post("/runs/" + id + "/rerun", null, "Idempotency-Key", "again");
        assertThat(operator.post("/runs/" + id + "/rerun", null, "Idempotency-Key", "again")
                        .text())
                .isEqualTo(again.text());
        assertThat(ids("/runs?job=shop/lived&limit=1"))
                .containsExactly(again.json().get("id").asText(), id);
        assertThat(ids("/runs?job=shop/lived&state=CANCELLED")).containsExactly(id);
        assertThat(text("SELECT string_agg(action, ' ' ORDER BY id) FROM audit_entry WHERE subject_kind = 'run'"
                        + " AND subject IN ('" + id + "', '"
                        + again.json().get("id").asText() + "')"))
                .isEqualTo("run.start run.cancel run.start");
    }

    private static List<String> ids(String path) {
        return operator.pages(path).stream()
                .flatMap(page -> page.findValuesAsText("id").stream())
                .toList();
    }

    @Test
    void queues_are_documents_with_a_switch() {
        String queue =
                "kind: queue\nnamespace: shop\nname: slow\npolicy: FCFS\nbalancer: ROUND_ROBIN\nmaxRunning: 2\nmaxWaiting: 9\nweight: 1\n";
        assertThat(editor.putYaml("/queues/shop/slow", queue).status()).isEqualTo(201);
        assertThat(editor.get("/queues/shop/slow", "Accept", "application/yaml").text())
                .isEqualTo(queue);
        assertThat(operator.post("/queues/shop/slow/pause", null)
                        .json()
                        .get("change")
                        .asText())
                .isEqualTo("UPDATED");
        assertThat(operator.get("/queues/shop/slow")
                        .json()
                        .at("/status/pausedAt")
                        .isMissingNode())
                .isFalse();
        String job = JOB.formatted("queued").replace("enabled: true\ntask", "queue: slow\nenabled: true\ntask");
        assertThat(editor.putYaml("/jobs/shop/queued", job).status()).isEqualTo(201);
        assertThat(editor.get("/jobs/shop/queued", "Accept", "application/yaml").text())
                .isEqualTo(job);
        Reply used = editor.delete("/queues/shop/slow");
        assertThat(used.status()).isEqualTo(409);
        assertThat(used.text()).contains("is used by shop/queued");
        editor.delete("/jobs/shop/queued");
        assertThat(editor.delete("/queues/shop/slow").status()).isEqualTo(204);
        assertThat(operator.get("/queues?namespace=shop").json().get("items")).isEmpty();
    }

    @Test
    void what_is_exported_wiped_and_imported_is_exported_byte_by_byte_the_same() {
        ApiClient admin = server.as("ada", "depot", Role.ADMIN);
        String queue = "kind: queue\nnamespace: depot\nname: q\npolicy: FCFS\nbalancer: ROUND_ROBIN\nweight: 3\n";
        String first = JOB.formatted("first")
                .replace("shop", "depot")
                .replace("enabled: true\ntask", "queue: q\nenabled: false\ntask");
        String second = JOB.formatted("second").replace("shop", "depot").replace("echo", "\techo 'ä 😀' #");
        String all = String.join("---\n", queue, first, second);
        Reply dry = admin.postYaml("/definitions?dryRun=true", all);
        assertThat(dry.json().get("items")).as(dry.text()).hasSize(3);
        assertThat(admin.get("/jobs").json().get("items")).isEmpty();
        assertThat(admin.postYaml("/definitions", String.join("---\n", first, second, queue))
                        .status())
                .isEqualTo(200);
        String exported =
                admin.get("/definitions", "Accept", "application/yaml").text();
        assertThat(exported).isEqualTo(all);
        for (String path : List.of("/jobs/depot/first", "/jobs/depot/second", "/queues/depot/q")) {
            assertThat(admin.delete(path).status()).isEqualTo(204);
        }
        assertThat(admin.get("/definitions", "Accept", "application/yaml").text())
                .isEmpty();
        assertThat(admin.postYaml("/definitions", exported).text()).doesNotContain("UPDATED");
        assertThat(admin.get("/definitions", "Accept", "application/yaml").text())
                .isEqualTo(exported);
        assertThat(admin.postYaml("/definitions", exported).text()).doesNotContain("UPDATED", "CREATED");
    }

    // R13
    @Test
    void of_many_documents_all_are_applied_or_none() {
        String bad = JOB.formatted("bad").replace("0 0 2 * * ?", "0 0 25 * * ?").replace("timeout: 90", "timeout: 0");
        Reply refused = editor.postYaml("/definitions", JOB.formatted("good") + "---\n" + bad);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors"))
                .extracting(error -> error.get("field").asText())
                .containsExactlyInAnyOrder("documents[1].timeout", "documents[1].schedules[0].cron");
        assertThat(editor.get("/jobs/shop/good").status()).isEqualTo(404);
    }

    private static String text(String sql) {
        Database database = POSTGRES.database();
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(sql).mapTo(String.class).one());
    }
}

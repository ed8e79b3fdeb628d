package io.yardmaster.web.queue;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.PostgresExtension;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueLimits;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import io.yardmaster.web.job.JobYard;
import io.yardmaster.web.run.Yard;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueuePagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = JobYard.postgres();

    private static JobYard yard;
    private static Browser editor;

    @BeforeAll
    static void start() {
        yard = new JobYard(POSTGRES.database());
        editor = yard.server.signedIn("ed", "*", Role.EDITOR);
    }

    @AfterAll
    static void stop() {
        yard.close();
    }

    @Test
    void a_queue_is_made_and_listed_with_what_goes_on_in_it() {
        HttpResponse<String> shown = editor.submit(
                "/queues",
                "namespace",
                "shop",
                "name",
                "fast",
                "description",
                "<b>Small</b> jobs",
                "maxRunning",
                "3",
                "weight",
                "5");
        assertThat(shown.body()).contains("The queue fast was created.", "&lt;b&gt;Small&lt;/b&gt; jobs", "0 / 3");
        assertThat(editor.get("/queues").body()).contains(">fast<", ">default<", "First come, first served");
    }

    @ParameterizedTest
    @CsvSource({
        "name, No!, a name is 1 to 100",
        "maxRunning, many, is a whole number",
        "maxRunning, 0, is 1 to 100000",
        "weight, 5000, is a whole number from 1 to 1000",
        "policy, LUCK, is one of",
        "balancer, LUCK, is one of"
    })
    void a_bad_field_is_told_in_its_place_and_nothing_is_stored(String field, String typed, String told) {
        HttpResponse<String> answer = editor.post(
                "/queues", "namespace", "shop", field.equals("name") ? "other" : "name", "bad", field, typed);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(told);
        assertThat(find("shop", "bad")).isNull();
    }

    @Test
    void a_bad_field_is_told_in_the_language_of_the_page() {
        HttpResponse<String> answer = editor.send(editor.request("/queues")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", editor.origin())
                .header("Accept-Language", "zh-CN")
                .POST(BodyPublishers.ofString("csrf=" + editor.token() + "&namespace=shop&name=No!&weight=5000"))
                .build());
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("须为 1 到 1000 的整数", "名称为 1 到 100 个")
                .doesNotContain("is a whole number", "a name is");
    }

    @Test
    void an_operator_sets_limits_from_the_queues_page_and_nothing_else() {
        editor.post("/queues", "namespace", "shop", "name", "limited", "description", "kept");
        Browser operator = yard.server.signedIn("olga", "shop", Role.OPERATOR);
        assertThat(operator.get("/queues/shop/limited").body()).contains("action=\"/queues/shop/limited/limits\"");
        assertThat(operator.submit("/queues/shop/limited/limits", "maxRunning", "7", "maxWaiting", "70", "weight", "3")
                        .body())
                .contains("The limits of queue limited are set.", "0 / 7", "of at most 70", "kept");
        HttpResponse<String> wrong = operator.post("/queues/shop/limited/limits", "maxWaiting", "0", "weight", "1");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("is 1 to 1000000, or left out for any number");
        operator.post("/queues/shop/limited/limits", "maxRunning", "", "weight", "3");
        assertThat(find("shop", "limited").limits()).isEqualTo(new QueueLimits(null, null, 3));
        Browser viewer = yard.server.signedIn("vera", "shop", Role.VIEWER);
        viewer.get("/queues");
        assertThat(viewer.post("/queues/shop/limited/limits", "maxRunning", "1", "weight", "1")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void waiting_runs_stand_in_order_and_those_of_others_without_their_names() {
        editor.post("/queues", "namespace", "open", "name", "line");
        for (String namespace : new String[] {"open", "secret"}) {
            editor.post(
                    "/jobs",
                    "namespace",
                    namespace,
                    "name",
                    "job-of-" + namespace,
                    "queue",
                    "open/line",
                    "task.script",
                    "true",
                    "enabled",
                    "true");
            editor.post("/jobs/" + namespace + "/job-of-" + namespace + "/run");
        }
        assertThat(editor.get("/queues/open/line").body()).contains("open/job-of-open", "secret/job-of-secret");
        Browser viewer = yard.server.signedIn("vi", "open", Role.VIEWER);
        assertThat(viewer.get("/queues/open/line").body())
                .contains("open/job-of-open", "A run of another namespace")
                .doesNotContain("job-of-secret", "action=\"/queues/open/line/pause\"", "/edit\"");
        assertThat(viewer.get("/queues").body()).doesNotContain(">default<");
        // S3: nor does the way to the next page name them
        for (int more = 0; more < 60; more++) {
            editor.post("/jobs/secret/job-of-secret/run");
        }
        String page = viewer.get("/queues/open/line").body();
        Matcher next =
                Pattern.compile("href=\"(/queues/open/line\\?after=[^\"]+)\"").matcher(page);
        assertThat(next.find()).isTrue();
        String rest = viewer.get(next.group(1)).body();
        assertThat(count(page, "A run of another namespace") + count(rest, "A run of another namespace"))
                .isEqualTo(61);
        assertThat(count(rest, "open/job-of-open")).isZero();
        assertThat(secretRuns()).hasSize(61).allSatisfy(id -> assertThat(page).doesNotContain(id));
    }

    private static int count(String page, String text) {
        return page.split(Pattern.quote(text), -1).length - 1;
    }

    private static List<String> secretRuns() {
        return POSTGRES.database()
                .inTransaction(transaction -> transaction
                        .sql()
                        .createQuery(
                                "SELECT r.id::text FROM run r JOIN job j ON j.id = r.job_id WHERE j.namespace = 'secret'")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void what_is_paused_or_held_says_by_whom_and_does_not_count_as_running() {
        editor.post("/queues", "namespace", "shop", "name", "stopped");
        POSTGRES.database().useTransaction(transaction -> {
            Yard rows = new Yard(transaction);
            long job = rows.script("shop", "stops");
            long session = rows.node("mill-stopped", 4, 0.5);
            rows.running(job, session);
            rows.running(job, session);
            rows.held(job, "bo", "it is <late>");
            transaction.sql().execute("""
                    UPDATE run SET queue_id = (SELECT id FROM queue WHERE name = 'stopped') WHERE job_id = ?""", job);
            transaction.sql().execute("""
                    UPDATE run SET state = 'PAUSED', pause_sequence = 1, pause_confirmed = 1, paused_by = 'bo',
                        paused_at = clock_timestamp(), pauses = 1, ran_seconds = 1
                    WHERE id = (SELECT max(id) FROM run WHERE job_id = ? AND state = 'RUNNING')""", job);
        });
        String page = ok(editor.get("/queues/shop/stopped"));
        assertThat(page)
                .containsPattern("class=\"slots\"><span>1</span>")
                .contains("1 paused", "Paused by bo", "Held by bo: it is &lt;late&gt;")
                .doesNotContain("??");
    }

    @Test
    void a_queue_is_paused_and_resumed_by_an_operator() {
        editor.post("/queues", "namespace", "shop", "name", "stopped");
        Browser operator = yard.server.signedIn("op", "shop", Role.OPERATOR);
        assertThat(operator.submit("/queues/shop/stopped/pause").body())
                .contains("The queue stopped is paused.", "No run is given to a node");
        assertThat(operator.submit("/queues/shop/stopped/resume").body()).contains("The queue stopped goes on.");
        assertThat(operator.get("/queues/shop/stopped/edit").statusCode()).isEqualTo(403);
    }

    @Test
    void a_lost_update_is_shown_and_nothing_typed_is_lost() {
        editor.post("/queues", "namespace", "shop", "name", "contested");
        String version = Integer.toString(find("shop", "contested").version());
        String path = "/queues/shop/contested/edit";
        String[] first = {"weight", "7", "maxWaiting", "50", "balancer", "STICKY", "version", version};
        assertThat(editor.post(path, first).statusCode()).isEqualTo(303);
        HttpResponse<String> refused = editor.post(path, "weight", "9", "version", version);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Somebody changed this queue", "<dd>7</dd>", "<dd>50</dd>", "value=\"9\"")
                .containsPattern("<dt>Balancer</dt><dd>[^–<]+</dd>")
                .doesNotContain("<dt>Description</dt>");
        assertThat(find("shop", "contested").weight()).isEqualTo(7);
    }

    @Test
    void another_order_of_waiting_runs_is_shown_before_it_is_stored() {
        editor.post("/queues", "namespace", "shop", "name", "ordered");
        editor.post("/queues/shop/ordered/pause");
        for (String priority : new String[] {"0", "9"}) {
            String[] job = {"namespace", "shop", "name", "of-priority-" + priority, "queue", "shop/ordered"};
            editor.post("/jobs", with(job, "task.script", "true", "priority", priority, "deadline", "30m"));
            editor.post("/jobs/shop/of-priority-" + priority + "/run");
        }
        String version = Integer.toString(find("shop", "ordered").version());
        String[] wanted = {"policy", "PRIORITY", "ageing", "1h", "weight", "1", "version", version};
        String shown = editor.post("/queues/shop/ordered/edit", wanted).body();
        assertThat(shown)
                .contains("2 of 2 waiting runs would have another place", "shop/of-priority-9", "then 1", "now 2");
        assertThat(find("shop", "ordered").order().policy()).isEqualTo("FCFS");
        assertThat(editor.post("/queues/shop/ordered/edit", with(wanted, "action", "edit"))
                        .body())
                .contains("value=\"1h\"");
        assertThat(editor.submit("/queues/shop/ordered/edit", with(wanted, "action", "save"))
                        .body())
                .contains("Highest priority first", "1h of waiting for a step")
                .containsSubsequence("of-priority-9", "of-priority-0");
    }

    @ParameterizedTest
    @CsvSource({
        "SJF, slowdown, 0, is a whole number from 1 to 1000",
        "PRIORITY, ageing, soon, is a number of seconds",
        "DEADLINE, standardDeadline, 800d, is 0 to 31536000 seconds"
    })
    void a_parameter_counts_under_its_own_policy_only(String policy, String field, String typed, String told) {
        HttpResponse<String> refused = editor.post(
                "/queues",
                "namespace",
                "shop",
                "name",
                "x" + field.toLowerCase(Locale.ROOT),
                "policy",
                policy,
                field,
                typed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(told);
        assertThat(editor.post(
                                "/queues",
                                "namespace",
                                "shop",
                                "name",
                                "y" + field.toLowerCase(Locale.ROOT),
                                field,
                                typed)
                        .statusCode())
                .isEqualTo(303);
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.of(fields, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void a_queue_that_is_needed_is_not_archived_and_says_why() {
        assertThat(archive("default", "default").body()).contains("it stays");
        editor.post("/queues", "namespace", "shop", "name", "used");
        editor.post("/jobs", "namespace", "shop", "name", "user", "queue", "shop/used", "task.script", "true");
        HttpResponse<String> refused = archive("shop", "used");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("is used by shop/user");
        editor.post("/queues", "namespace", "shop", "name", "spare");
        assertThat(archive("shop", "spare").body()).contains("The queue spare was archived.");
        assertThat(find("shop", "spare")).isNull();
    }

    private static HttpResponse<String> archive(String namespace, String name) {
        String version = Integer.toString(find(namespace, name).version());
        return editor.submit("/queues/" + namespace + "/" + name + "/archive", "version", version);
    }

    private static Queue find(String namespace, String name) {
        return yard.database.inTransaction(
                transaction -> yard.queues.find(transaction, namespace, name).orElse(null));
    }
}

package io.yardmaster.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.BulkWork;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.api.RepeatableRequests;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BulkPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

    private static WebServer server;
    private static BulkWork work;

    @BeforeAll
    static void start() {
        Database database = POSTGRES.database();
        RunQueue queue = new RunQueue();
        RunActions actions = new RunActions(new Jobs(List.of()), queue);
        work = new BulkWork(database, queue);
        BulkDesk desk = new BulkDesk(
                new RunOperations(
                        actions,
                        new io.yardmaster.dispatch.Yard(database).dispatching().forceClose()),
                () -> {});
        server = WebServer.start(
                database,
                List.of(
                        new RunListPages(database, new Runs()),
                        new BulkPages(database, desk),
                        new BulkResource(database, desk, new RepeatableRequests(database))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // S16: what was shown is the most that is done, and each change is in one entry of the audit
    @Test
    void a_filter_is_previewed_and_then_held_in_batches_up_to_the_newest_run_of_the_preview() {
        runs("many", 1203);
        running("many");
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        assertThat(ok(ada.get("/runs?job=shop/many"))).contains("/bulk-acts/new?job=shop%2Fmany");
        String preview = ok(ada.get("/bulk-acts/new?job=shop/many&act=HOLD&reason=month+end"));
        assertThat(preview)
                .contains("Hold: 1,203 runs", "held until somebody releases them", "only what waits can be held")
                .doesNotContain("??");
        runs("many", 2);
        String page = ok(ada.submit(
                "/bulk-acts",
                "job",
                "shop/many",
                "act",
                "HOLD",
                "reason",
                "month end",
                "through",
                field(preview, "through")));
        assertThat(page).contains("Under way");
        work.turn();
        assertThat(ok(ada.get("/bulk-acts"))).contains("Done", "job=shop/many");
        assertThat(count("run WHERE state = 'HELD' AND held_reason = 'month end'"))
                .isEqualTo(1203);
        assertThat(count("audit_entry WHERE action = 'run.bulk.hold' AND detail ->> 'reason' = 'month end'"))
                .isEqualTo(3);
        assertThat(
                        count(
                                "audit_entry e, jsonb_array_elements(e.detail -> 'runs') WHERE e.action = 'run.bulk.hold' AND e.detail ->> 'reason' = 'month end'"))
                .isEqualTo(1203);
        work.turn();
        assertThat(count("audit_entry WHERE action = 'run.bulk.hold' AND detail ->> 'reason' = 'month end'"))
                .isEqualTo(3);
    }

    @Test
    void waiting_runs_are_cancelled_at_once_and_running_ones_are_asked_to() {
        runs("gone", 2);
        running("gone");
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        begin(ada, "{\"act\": \"CANCEL\", \"filter\": {\"job\": \"shop/gone\"}}");
        work.turn();
        assertThat(count("run_history h JOIN job j ON j.id = h.job_id AND j.name = 'gone' WHERE h.state = 'CANCELLED'"))
                .isEqualTo(2);
        assertThat(count("run r JOIN job j ON j.id = r.job_id AND j.name = 'gone' WHERE r.cancel_requested_by = 'ada'"))
                .isOne();
        String again = begin(ada, "{\"act\": \"RERUN\", \"filter\": {\"job\": \"shop/gone\"}}");
        work.turn();
        assertThat(count("run r JOIN job j ON j.id = r.job_id AND j.name = 'gone' WHERE r.cause = 'RERUN'"))
                .isEqualTo(2);
        assertThat(ok(ada.get(again))).contains("\"changed\":2", "endedAt");
    }

    @Test
    void what_is_stopped_is_left_undone_and_moves_go_to_a_queue_that_one_sees() {
        runs("stopped", 3);
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        String act = begin(ada, "{\"act\": \"HOLD\", \"filter\": {\"job\": \"shop/stopped\"}}");
        ada.post("/bulk-acts/" + act.replaceAll(".*/", "") + "/stop");
        work.turn();
        assertThat(ok(ada.get(act))).contains("\"changed\":0", "\"stoppedBy\":\"ada\"");
        POSTGRES.database().inTransaction(transaction -> new Yard(transaction).queue("shop", "night"));
        begin(ada, "{\"act\": \"MOVE\", \"to\": \"shop/night\", \"filter\": {\"job\": \"shop/stopped\"}}");
        work.turn();
        assertThat(count("run r JOIN queue q ON q.id = r.queue_id AND q.name = 'night'"))
                .isEqualTo(3);
    }

    // S3
    @Test
    void only_runs_of_namespaces_in_which_one_may_operate_are_found() {
        runs("guarded", 2);
        Browser other = server.signedIn("otto", "other", Role.OPERATOR);
        other.get("/bulk-acts");
        HttpResponse<String> none = post(other, "{\"act\": \"HOLD\", \"filter\": {}}");
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(none.body()).contains("finds no run");
        Browser viewer = server.signedIn("vera", "shop", Role.VIEWER);
        assertThat(ok(viewer.get("/runs?job=shop/guarded"))).doesNotContain("/bulk-acts/new");
        assertThat(post(viewer, "{\"act\": \"HOLD\", \"filter\": {}}").statusCode())
                .isEqualTo(403);
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        String act = begin(ada, "{\"act\": \"HOLD\", \"filter\": {\"job\": \"shop/guarded\"}}");
        assertThat(other.get(act).statusCode()).isEqualTo(404);
        HttpResponse<String> preview =
                post(ada, "{\"act\": \"HOLD\", \"preview\": true, \"filter\": {\"job\": \"shop/guarded\"}}");
        assertThat(preview.body()).contains("\"changes\":2", "\"state\":\"QUEUED\"", "\"through\":\"");
        assertThat(post(ada, "{\"act\": \"FORCE_CLOSE\", \"filter\": {}}").statusCode())
                .isEqualTo(422);
        assertThat(post(ada, "{\"act\": \"HOLD\", \"filter\": {\"states\": [null]}}")
                        .statusCode())
                .isLessThan(500);
    }

    @Test
    void what_one_began_is_listed_however_much_others_began_since() {
        runs("early", 1);
        Browser carl = server.signedIn("carl", "shop", Role.OPERATOR);
        String act = begin(carl, "{\"act\": \"HOLD\", \"filter\": {\"job\": \"shop/early\"}}");
        POSTGRES.database().useTransaction(transaction -> transaction.sql().execute("""
                INSERT INTO bulk_act (act, filter, typed, asked_by, through_id, ended_at)
                SELECT act, filter, typed, 'ada', through_id, now() FROM bulk_act, generate_series(1, 60)
                WHERE asked_by = 'carl'"""));
        assertThat(ok(carl.get("/bulk-acts"))).contains("/bulk-acts/" + act.replaceAll(".*/", ""));
    }

    // S10
    @Test
    void a_reason_that_turns_text_around_is_shown_with_its_marks() {
        runs("turned", 1);
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        String act = begin(
                ada, "{\"act\": \"HOLD\", \"reason\": \"no\\u202eeno <b>\", \"filter\": {\"job\": \"shop/turned\"}}");
        assertThat(ok(ada.get("/bulk-acts/" + act.replaceAll(".*/", ""))))
                .contains("⟨U+202E⟩eno &lt;b&gt;")
                .doesNotContain("\u202e");
    }

    private static String begin(Browser browser, String body) {
        HttpResponse<String> begun = post(browser, body);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        return begun.headers().firstValue("Location").orElseThrow();
    }

    private static HttpResponse<String> post(Browser browser, String body) {
        browser.get("/bulk-acts");
        return browser.send(browser.request("/api/v1/runs/bulk")
                .header("Content-Type", "application/json")
                .header("Origin", browser.origin())
                .header("X-CSRF-Token", browser.token())
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static void runs(String job, int count) {
        POSTGRES.database().useTransaction(transaction -> {
            long id = job(new Yard(transaction), job);
            for (int i = 0; i < count; i++) {
                new Yard(transaction).queued(id);
            }
        });
    }

    private static void running(String job) {
        POSTGRES.database().useTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            yard.running(job(yard, job), yard.node("mill-" + job, 2, 0.1));
        });
    }

    private static long job(Yard yard, String name) {
        return count("job WHERE name = '" + name + "'") == 0
                ? yard.job("shop", name)
                : POSTGRES.database()
                        .inTransaction(transaction -> transaction
                                .sql()
                                .createQuery("SELECT id FROM job WHERE name = :name")
                                .bind("name", name)
                                .mapTo(Long.class)
                                .one());
    }

    private static String field(String page, String name) {
        Matcher found =
                Pattern.compile("name=\"" + name + "\" value=\"([0-9]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static long count(String from) {
        return POSTGRES.database()
                .inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("SELECT count(*) FROM " + from)
                        .mapTo(Long.class)
                        .one());
    }

    private static String ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.uri() + "\n" + answer.body()).isEqualTo(200);
        return answer.body();
    }
}

package io.yardmaster.web.run;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.BulkWork;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Passwords;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import io.yardmaster.web.api.RepeatableRequests;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
        work = new BulkWork(
                database,
                queue,
                (transaction, account) -> Accounts.namespaces(transaction, account, Permission.OPERATE));
        BulkDesk desk = new BulkDesk(
                new RunOperations(
                        actions,
                        new io.yardmaster.dispatch.Yard(database).dispatching().forceClose()),
                () -> {});
        server = WebServer.start(
                database,
                List.of(
                        new RunListPages(database, new Runs()),
                        new BulkPages(database, desk, new RepeatableRequests(database)),
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
                field(preview, "through"),
                "key",
                field(preview, "key")));
        assertThat(page).contains("Under way");
        work.turn();
        assertThat(ok(ada.get("/bulk-acts"))).contains("Done", "job=shop/many");
        assertThat(POSTGRES.count("run WHERE state = 'HELD' AND held_reason = 'month end'"))
                .isEqualTo(1203);
        assertThat(POSTGRES.count("audit_entry WHERE action = 'run.bulk.hold' AND detail ->> 'reason' = 'month end'"))
                .isEqualTo(3);
        assertThat(
                        POSTGRES.count(
                                "audit_entry e, jsonb_array_elements(e.detail -> 'runs') WHERE e.action = 'run.bulk.hold' AND e.detail ->> 'reason' = 'month end'"))
                .isEqualTo(1203);
        work.turn();
        assertThat(POSTGRES.count("audit_entry WHERE action = 'run.bulk.hold' AND detail ->> 'reason' = 'month end'"))
                .isEqualTo(3);
    }

    @Test
    void waiting_runs_are_cancelled_at_once_and_running_ones_are_asked_to() {
        runs("gone", 2);
        running("gone");
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        begin(ada, "{\"act\": \"CANCEL\", \"filter\": {\"job\": \"shop/gone\"}}");
        work.turn();
        assertThat(POSTGRES.count(
                        "run_history h JOIN job j ON j.id = h.job_id AND j.name = 'gone' WHERE h.state = 'CANCELLED'"))
                .isEqualTo(2);
        assertThat(POSTGRES.count(
                        "run r JOIN job j ON j.id = r.job_id AND j.name = 'gone' WHERE r.cancel_requested_by = 'ada'"))
                .isOne();
        String again = begin(ada, "{\"act\": \"RERUN\", \"filter\": {\"job\": \"shop/gone\"}}");
        work.turn();
        assertThat(POSTGRES.count("run r JOIN job j ON j.id = r.job_id AND j.name = 'gone' WHERE r.cause = 'RERUN'"))
                .isEqualTo(2);
        assertThat(ok(ada.get(again))).contains("\"changed\":2", "endedAt");
    }

    // a double click, or a request that a proxy sends again
    @Test
    void one_preview_is_begun_once_however_often_it_is_sent() {
        ended("again", 2);
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        String preview = ok(ada.get("/bulk-acts/new?job=shop/again&act=RERUN"));
        String[] form = {
            "job", "shop/again", "act", "RERUN", "through", field(preview, "through"), "key", field(preview, "key")
        };
        String first = ok(ada.submit("/bulk-acts", form));
        work.turn();
        assertThat(first).contains("Under way");
        assertThat(ok(ada.submit("/bulk-acts", form))).contains("Done");
        work.turn();
        assertThat(POSTGRES.count("run r JOIN job j ON j.id = r.job_id AND j.name = 'again' WHERE r.cause = 'RERUN'"))
                .isEqualTo(2);
    }

    // S3: each batch asks again
    @Test
    void who_has_lost_the_right_since_changes_nothing_more() {
        runs("lost", 1);
        Accounts accounts = new Accounts(new Passwords());
        Actor root = new Actor("root", null);
        server.signedIn("root", "*", Role.ADMIN);
        Browser disabled = server.signedIn("dora", "shop", Role.OPERATOR);
        Browser demoted = server.signedIn("dick", "shop", Role.OPERATOR);
        String[] acts = Stream.of(disabled, demoted)
                .map(browser -> begin(browser, "{\"act\": \"HOLD\", \"filter\": {\"job\": \"shop/lost\"}}"))
                .toArray(String[]::new);
        POSTGRES.database().useTransaction(transaction -> {
            accounts.setDisabled(transaction, "dora", true, root);
            accounts.setRoles(transaction, "dick", Map.of("shop", Role.VIEWER, "other", Role.OPERATOR), root);
        });
        work.turn();
        assertThat(POSTGRES.count("run r JOIN job j ON j.id = r.job_id AND j.name = 'lost' WHERE r.state = 'HELD'"))
                .isZero();
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        for (String act : acts) {
            assertThat(ok(ada.get(act))).contains("\"refused\":true", "\"changed\":0");
        }
        assertThat(ok(ada.get("/bulk-acts/" + acts[0].replaceAll(".*/", "")))).contains("dora may no longer do this");
        assertThat(POSTGRES.count("audit_entry WHERE action = 'run.bulk.refuse'"))
                .isEqualTo(2);
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
        assertThat(POSTGRES.count("run r JOIN queue q ON q.id = r.queue_id AND q.name = 'night'"))
                .isEqualTo(3);
    }

    @Test
    void a_priority_is_given_to_all_that_wait() {
        runs("raised", 3);
        running("raised");
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        assertThat(ok(ada.get("/bulk-acts/new?job=shop/raised&act=PRIORITY&priority=7")))
                .contains("Change priority: 3 runs", "waiting with priority 7", "only what waits with another priority")
                .doesNotContain("??");
        assertThat(ada.get("/bulk-acts/new?job=shop/raised&act=PRIORITY").body())
                .contains("is a whole number from -50 to 50");
        String of = "\"act\": \"PRIORITY\", \"reason\": \"late\", \"filter\": {\"job\": \"shop/raised\"}";
        assertThat(post(ada, "{\"priority\": 51, " + of + "}").statusCode()).isEqualTo(422);
        String act = begin(ada, "{\"priority\": 7, " + of + "}");
        work.turn();
        assertThat(ok(ada.get(act))).contains("\"changed\":3");
        assertThat(POSTGRES.count("run WHERE priority = 7")).isEqualTo(3);
        assertThat(POSTGRES.count("audit_entry WHERE action = 'run.bulk.priority' AND detail ->> 'reason' = 'late'"
                        + " AND detail ->> 'priority' = '7'"))
                .isOne();
    }

    // nothing is guessed: by its number an act would be another one after the next release
    @Test
    void an_act_by_number_a_half_priority_and_a_preview_of_no_truth_value_are_refused_by_name() {
        runs("guessed", 1);
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        String of = "\"filter\": {\"job\": \"shop/guessed\"}}";
        for (String wrong : List.of(
                "act\": 2, ",
                "act\": \"2\", ",
                "preview\": \"\", \"act\": \"HOLD\", ",
                "preview\": 0, \"act\": \"HOLD\", ",
                "priority\": 7.9, \"act\": \"PRIORITY\", ",
                "priority\": \"7\", \"act\": \"PRIORITY\", ")) {
            HttpResponse<String> refused = post(ada, "{\"" + wrong + of);
            assertThat(refused.statusCode()).as(wrong + refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("\"" + wrong.replaceAll("\".*", "") + "\"", "is not of the kind");
        }
    }

    @Test
    void a_move_says_where_to_and_names_the_field_that_is_wrong() {
        runs("sent", 1);
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        String of = "\"act\": \"MOVE\", \"filter\": {\"job\": \"shop/sent\"}}";
        for (String to : List.of("", "\"to\": \"nowhere\", ", "\"to\": \"shop/nowhere\", ")) {
            HttpResponse<String> refused = post(ada, "{" + to + of);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("\"field\":\"to\"");
        }
        POSTGRES.database().useTransaction(transaction -> new Yard(transaction).queue("shop", "siding"));
        assertThat(ok(ada.get("/bulk-acts/new?job=shop/sent&act=MOVE&to=shop/siding")))
                .contains("waiting in shop/siding");
        assertThat(ok(ada.get("/bulk-acts/new?job=shop/sent&act=PRIORITY&priority=7")))
                .contains("waiting with priority 7");
        String act = begin(ada, "{\"to\": \"shop/siding\", " + of);
        assertThat(ok(ada.get("/bulk-acts/" + act.replaceAll(".*/", "")))).contains("shop/siding");
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
        return browser.json("/api/v1/runs/bulk", body);
    }

    private static void runs(String job, int count) {
        POSTGRES.database().useTransaction(transaction -> {
            long id = job(new Yard(transaction), job);
            for (int i = 0; i < count; i++) {
                new Yard(transaction).queued(id);
            }
        });
    }

    private static void ended(String job, int count) {
        runs(job, count);
        POSTGRES.database().useTransaction(transaction -> {
            List<Long> runs = transaction
                    .sql()
                    .createQuery("SELECT r.id FROM run r JOIN job j ON j.id = r.job_id AND j.name = :job")
                    .bind("job", job)
                    .mapTo(Long.class)
                    .list();
            new Cancellation().requestAll(transaction, runs, "ada");
        });
    }

    private static void running(String job) {
        POSTGRES.database().useTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            yard.running(job(yard, job), yard.node("mill-" + job, 2, 0.1));
        });
    }

    private static long job(Yard yard, String name) {
        return POSTGRES.count("job WHERE name = '" + name + "'") == 0
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
                Pattern.compile("name=\"" + name + "\" value=\"([0-9a-f-]+)\"").matcher(page);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}

package io.yardmaster.web.run;

import static io.yardmaster.web.Browser.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

    private static final String HOSTILE =
            "</pre><script>alert(1)</script><img src=x onerror=alert(2)>'\"&amp;\u202e\u0007";

    private static WebServer server;

    @BeforeAll
    static void start() {
        Database database = POSTGRES.database();
        Jobs jobs = new Jobs(List.of());
        RunActions actions = new RunActions(jobs, new RunQueue());
        Dispatching dispatching = new io.yardmaster.dispatch.Yard(database).dispatching();
        server = WebServer.start(
                database,
                List.of(
                        new RunListPages(database, new Runs()),
                        new RunPages(database, actions, dispatching.whyWaiting()),
                        new RerunPages(database, jobs, actions),
                        new RunDecisionPages(database, actions),
                        new RunPausePages(database, actions),
                        new OutputDownload(database, actions),
                        new OutputSearchPages(database, actions, new OutputLooking(database))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_running_run_tells_its_job_node_timeline_and_output() {
        long run = Yard.in(POSTGRES, yard -> {
            long made = yard.running(yard.job("shop", "restock"), yard.node("mill-1", 4, 0.5));
            yard.print(made, 0, "one line\n\u001b[31mred\u001b[0m\n".getBytes(UTF_8));
            return made;
        });
        String page = ok(operator().get("/runs/" + run));
        assertThat(page)
                .contains("shop/restock", "mill-1", "<span>one line\n</span><span class=\"ansi-fg-1\">red</span>")
                .contains("data-follow=\"/runs/" + run + "/output\"", "/runs/" + run + "/cancel")
                .doesNotContain("??", "style=");
        assertThat(ok(operator().get("/runs/" + run + "/live")))
                .contains("id=\"live\"", "hx-get")
                .doesNotContain("<html");
    }

    // S10
    @Test
    void text_is_found_in_the_output_and_shown_where_it_stands() {
        long run = Yard.in(POSTGRES, yard -> {
            long made = yard.running(yard.job("shop", "talk"), yard.node("mill-8", 4, 0.5));
            yard.print(made, 0, "first\n<b>Needle</b> & thread\n".getBytes(UTF_8));
            return made;
        });
        String search = "/runs/" + run + "/output/1/search?text=";
        assertThat(ok(operator().get("/runs/" + run))).contains("/runs/" + run + "/output/1/search");
        assertThat(ok(operator().get(search + "needle")))
                .contains("&lt;b&gt;Needle&lt;/b&gt; &amp; thread", "epoch=1&amp;from=6#output-title", "Byte 9")
                .doesNotContain("??", "<b>Needle", "style=");
        assertThat(ok(operator().get(search + "needle&exactly=on"))).contains("Nothing found.");
        assertThat(operator().get(search).statusCode()).isEqualTo(422);
        assertThat(operator().get(search.replace("/1/", "/2/") + "x").statusCode())
                .isEqualTo(404);
    }

    // R2
    @Test
    void a_run_that_waits_for_its_start_says_so_and_what_a_clock_change_did() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "late")));
        POSTGRES.database()
                .useTransaction(transaction ->
                        transaction.sql().createUpdate("""
                        UPDATE run SET state = 'BLOCKED', generation = NULL, blocked_reason = 'START', wake_at = '2098-01-01T00:00:07Z',
                            ready_at = NULL, cause = 'CATCH_UP', nominal_at = '2026-03-29T01:00:00Z',
                            adjustment = 'END_OF_GAP' WHERE id = :run""").bind("run", run).execute());
        for (String path : List.of("/runs/" + run, "/runs?job=shop/late")) {
            assertThat(ok(operator().get(path)))
                    .as(path)
                    .contains("It waits for its start at", "2098-01-01 00:00:07", "Catch-up")
                    .doesNotContain("??", ">START<");
        }
        assertThat(ok(operator().get("/runs/" + run))).contains("left out that day; it runs when the gap ends");
        assertThat(ok(operator().get("/runs/" + run, "Accept-Language", "zh-CN")))
                .contains("等待其开始时刻", "补运行", "这一天被跳过");
    }

    @Test
    void a_run_tells_why_it_went_to_its_node() {
        long run = Yard.in(POSTGRES, yard -> yard.running(yard.job("shop", "chosen"), yard.node("mill-why", 4, 0.5)));
        assertThat(ok(operator().get("/runs/" + run))).doesNotContain("Why this node");
        assertThat(operator().get("/runs/" + run + "/decision").statusCode()).isEqualTo(404);
        POSTGRES.database()
                .useTransaction(transaction ->
                        transaction.sql().createUpdate("""
                        WITH d AS (INSERT INTO decision (queue_id, server, balancer, shadow, size, differing, gain_seconds,
                                candidates, runs, slots, places, tied, scores, shadow_places)
                            SELECT queue_id, 'depot-1:4711', 'MIN_REMAINING_TIME', 'STICKY', 2, 1, 0.5, jsonb_build_array(
                                jsonb_build_object('node', node_id::text, 'slots', 4, 'busy', 1, 'work', 8, 'cpu', 0.25),
                                jsonb_build_object('node', '77', 'slots', 2, 'busy', 2),
                                jsonb_build_object('node', '78', 'slots', 2, 'exclusion', 'LAPSED')),
                                ARRAY[7, id], ARRAY[1, 1], ARRAY[0, 0], ARRAY[false, true],
                                ARRAY[-1, NULL, -2.5, NULL]::real[], ARRAY[0, -1] FROM run WHERE id = :run RETURNING id)
                        UPDATE run SET decision_id = d.id FROM d WHERE run.id = :run""").bind("run", run).execute());
        assertThat(ok(operator().get("/runs/" + run))).contains("/runs/" + run + "/decision");
        assertThat(ok(operator().get("/runs/" + run + "/decision")))
                .contains("Least remaining time", "number 2 of 2", "next in turn", "depot-1:4711", "no room for it")
                .contains("mill-why", "Chosen", "-2.50", "2 / 4", "2.0 s", "25%", "No slot free", "Did not accept")
                .doesNotContain("??", "style=");
        assertThat(ok(operator().get("/runs/" + run + "/decision", "Accept-Language", "zh-CN")))
                .contains("为何是这个节点", "已选中", "未及时接受分派")
                .doesNotContain("??");
    }

    // S10
    @Test
    void a_run_that_a_calendar_moved_names_it() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "moved")));
        POSTGRES.database()
                .useTransaction(transaction ->
                        transaction.sql().createUpdate("""
                        WITH c AS (INSERT INTO business_calendar (namespace, name) VALUES ('shop', 'bank') RETURNING id),
                        t AS (INSERT INTO timetable (kind, expression, zone, calendar_id, calendar_rule)
                            SELECT 'CRON', '0 0 9 ? * SAT', 'UTC', id, 'NEXT' FROM c RETURNING id),
                        f AS (INSERT INTO fire (timetable_id, nominal_at, due_at, fired_at, runs)
                            SELECT id, '2026-03-28T09:00:00Z', '2026-03-30T09:00:00Z', '2026-03-30T09:00:01Z', 1 FROM t),
                        s AS (INSERT INTO schedule (job_id, timetable_id, name, effective_from)
                            SELECT r.job_id, t.id, 'weekly', '2026-01-01T00:00:00Z' FROM t, run r WHERE r.id = :run
                            RETURNING id, timetable_id),
                        x AS (INSERT INTO schedule_stretch (schedule_id, timetable_id, from_at)
                            SELECT id, timetable_id, '2026-01-01T00:00:00Z' FROM s)
                        UPDATE run SET cause = 'SCHEDULE', schedule_id = s.id, nominal_at = '2026-03-28T09:00:00Z'
                        FROM s WHERE run.id = :run""").bind("run", run).execute());
        assertThat(ok(operator().get("/runs/" + run)))
                .contains("Calendar shop/bank moved it to", "2026-03-30T09:00:00Z")
                .doesNotContain("??");
    }

    @Test
    void nothing_that_a_task_prints_or_a_caller_passes_is_markup() {
        long run = Yard.in(POSTGRES, yard -> {
            long made = yard.running(yard.job("shop", "spite"), yard.node("mill-2", 4, 0.5));
            yard.print(made, 0, HOSTILE.getBytes(UTF_8));
            return made;
        });
        POSTGRES.database()
                .useTransaction(transaction -> transaction
                        .sql()
                        .createUpdate("""
                        UPDATE run SET parameters = jsonb_build_object(:text, :text), cancel_requested_at = now(),
                            cancel_requested_by = :text, caused_by = :text WHERE id = :run""")
                        .bind("text", HOSTILE.replace("\0", ""))
                        .bind("run", run)
                        .execute());
        for (String path : List.of("/runs/" + run, "/runs/" + run + "/live", "/runs/" + run + "/output", "/runs")) {
            assertThat(ok(operator().get(path)))
                    .as(path)
                    .doesNotContain("<script>alert", "<img src=x", "\u202e", "\u0007");
        }
        assertThat(ok(operator().get("/runs/" + run))).contains("&lt;script&gt;alert(1)", "⟨U+202E⟩", "␇");
    }

    // R17
    @Test
    void a_gap_is_told_and_so_is_what_never_arrived() {
        long run = Yard.in(POSTGRES, yard -> {
            long made = yard.running(yard.job("shop", "gappy"), yard.node("mill-3", 4, 0.5));
            yard.print(made, 0, "begin".getBytes(UTF_8));
            yard.gap(made, 5, 1000);
            yard.print(made, 1005, "middle".getBytes(UTF_8));
            yard.print(made, 1031, "end".getBytes(UTF_8));
            return made;
        });
        assertThat(ok(operator().get("/runs/" + run)).replaceAll("(<[^>]*>)+", "|"))
                .contains("begin|1000 bytes were left out here", "|middle|20 bytes are missing here", "|end|");
        assertThat(ok(operator().get("/runs/" + run + "/output/1")))
                .isEqualTo("begin\n[yardmaster: 1000 bytes left out]\nmiddle\n[yardmaster: 20 bytes missing]\nend");
    }

    // pain 18: a long output is paged by byte and opens at its end
    @Test
    void a_long_output_opens_at_its_end_and_leads_back_to_its_start() {
        long run = Yard.in(POSTGRES, yard -> {
            long made = yard.running(yard.job("shop", "chatty"), yard.node("mill-4", 4, 0.5));
            byte[] lines = "0123456789abcde\n".repeat(16 * 1024).getBytes(UTF_8);
            for (int i = 0; i < 4; i++) {
                yard.print(made, (long) i * lines.length, lines);
            }
            yard.print(made, 4L * lines.length, "the end\n".getBytes(UTF_8));
            return made;
        });
        String tail = ok(operator().get("/runs/" + run));
        assertThat(tail).contains("the end", "until=").hasSizeLessThan(400_000);
        String first = ok(operator().get("/runs/" + run + "?epoch=1&from=0"));
        assertThat(first).contains("from=262144").doesNotContain("the end", "data-follow");
        assertThat(ok(operator().get("/runs/" + run + "/output?epoch=1&from=1048576")))
                .contains("the end", "data-next=\"1048584\"");
        assertThat(operator().get("/runs/" + run + "?from=-1").statusCode()).isEqualTo(422);
    }

    @Test
    void an_output_of_countless_colours_is_shown_to_its_end() {
        long run = Yard.in(POSTGRES, yard -> {
            long made = yard.running(yard.job("shop", "gaudy"), yard.node("mill-6", 4, 0.5));
            yard.print(made, 0, ("\u001b[31ma\u001b[32mb".repeat(20_000) + "the end").getBytes(UTF_8));
            return made;
        });
        assertThat(ok(operator().get("/runs/" + run)))
                .contains("the end</span>")
                .hasSizeLessThan(700_000);
    }

    @Test
    void a_download_is_a_file_and_never_a_page() {
        long run = Yard.in(POSTGRES, yard -> {
            long made = yard.running(yard.job("shop", "file"), yard.node("mill-5", 4, 0.5));
            yard.print(made, 0, HOSTILE.getBytes(UTF_8));
            return made;
        });
        HttpResponse<String> file = operator().get("/runs/" + run + "/output/1");
        assertThat(file.body()).isEqualTo(HOSTILE);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"run-" + run + "-1.log\"");
        assertThat(file.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(file.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(operator().get("/runs/" + run + "/output/7").statusCode()).isEqualTo(404);
        HttpResponse<String> zipped = operator().get("/runs/" + run + "/output/1/gzip");
        assertThat(zipped.body()).startsWith("\u001f").doesNotContain("script");
        assertThat(zipped.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"run-" + run + "-1.log.gz\"");
        assertThat(zipped.headers().firstValue("Content-Type")).hasValue("application/gzip");
    }

    @Test
    void a_waiting_run_is_cancelled_and_run_again() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "waits")));
        assertThat(ok(operator().get("/runs/" + run))).contains("Why it is waiting");
        Browser ada = operator();
        assertThat(ok(ada.get("/runs/" + run + "/cancel"))).contains("Cancel this run of waits?");
        assertThat(ok(ada.submit("/runs/" + run + "/cancel"))).contains("The run is cancelled.", "Cancelled");
        assertThat(state(run)).isEqualTo(RunState.CANCELLED);
        HttpResponse<String> rerun = ada.post("/runs/" + run + "/rerun");
        String made = rerun.headers().firstValue("Location").orElseThrow();
        assertThat(ok(ada.get(made))).contains("Rerun", "/runs/" + run + "\"");
        assertThat(audited("run.cancel") + audited("run.start")).isEqualTo(2);
    }

    // S3, S5
    @Test
    void who_may_only_view_changes_nothing_and_who_may_not_view_learns_nothing() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "secretive")));
        Browser viewer = server.signedIn("vera", "shop", Role.VIEWER);
        assertThat(ok(viewer.get("/runs/" + run))).doesNotContain("/rerun", "/cancel");
        assertThat(viewer.post("/runs/" + run + "/cancel").statusCode()).isEqualTo(403);
        Browser stranger = server.signedIn("otto", "other", Role.ADMIN);
        for (String path : List.of("", "/live", "/output", "/cancel", "/output/0")) {
            assertThat(stranger.get("/runs/" + run + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(stranger.get("/runs/" + run).body()).contains("there is no run " + run);
        assertThat(stranger.get("/runs/9223372036854775808").statusCode()).isEqualTo(404);
        assertThat(ok(stranger.get("/runs"))).doesNotContain("secretive");
        assertThat(stranger.get("/runs?job=shop/secretive").body())
                .isEqualTo(stranger.get("/runs?job=shop/secretivf").body().replace("secretivf", "secretive"));
        Browser ada = operator();
        ada.get("/runs/" + run + "/rerun");
        assertThat(ada.get("/runs/" + run + "/cancel").statusCode()).isEqualTo(200);
        assertThat(state(run)).isEqualTo(RunState.QUEUED);
    }

    @Test
    void the_list_is_filtered_by_its_url_and_paged_by_id() {
        Yard.in(POSTGRES, yard -> {
            long job = yard.job("shop", "many");
            for (int i = 0; i < 52; i++) {
                yard.queued(job);
            }
            return 0L;
        });
        String first =
                ok(operator().get("/runs?job=shop/many&state=QUEUED&cause=MANUAL&queue=default/default&period=1h"));
        assertThat(first.split("data-label=\"State\"", -1)).hasSize(51);
        assertThat(first).contains("hx-get=\"/runs/rows?job=shop%2Fmany&amp;state=QUEUED");
        String next = first.replaceAll("(?s).*href=\"(/runs\\?[^\"]*before=[0-9]+)\" rel=\"next\".*", "$1")
                .replace("&amp;", "&");
        String second = ok(operator().get(next));
        assertThat(second.split("data-label=\"State\"", -1)).hasSize(3);
        assertThat(second).doesNotContain("hx-get=\"/runs/rows", "rel=\"next\"");
        assertThat(ok(operator().get("/runs?job=shop/many&state=FAILED"))).contains("No run fits the filter");
        assertThat(ok(operator().get("/runs?job=shop/many&since=2020-01-01T00:00&until=2020-01-02T00:00")))
                .contains("No run fits the filter");
    }

    @Test
    void the_list_tells_by_whom_and_why_a_run_is_held() {
        Yard.in(POSTGRES, yard -> yard.held(yard.job("shop", "kept"), "ada", "month <end>"));
        Yard.in(POSTGRES, yard -> yard.held(yard.job("shop", "kept-too"), "bo", ""));
        assertThat(ok(operator().get("/runs?job=shop/kept"))).contains("Held by ada: month &lt;end&gt;");
        assertThat(ok(operator().get("/runs?job=shop/kept-too"))).contains(">Held by bo<");
    }

    @Test
    void a_filter_that_means_nothing_says_which_word_and_what_would_be_right() {
        HttpResponse<String> answer = operator()
                .get("/runs?job=%3Cb%3E&state=LATE&queue=shop/none&node=x&cause=&since=yesterday&period=2y&before=z");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "namespace/name",
                        "queue: there is none of this name",
                        "node: there is none of this name",
                        "2026-03-01T14:30")
                .doesNotContain("<b>");
    }

    private static Browser operator() {
        return server.signedIn("ada", "*", Role.OPERATOR);
    }

    private static RunState state(long run) {
        return POSTGRES.database()
                .inTransaction(transaction -> new Runs().find(transaction, run))
                .map(Run::state)
                .orElseThrow();
    }

    private static long audited(String action) {
        return POSTGRES.count("audit_entry WHERE action = '" + action + "'");
    }
}

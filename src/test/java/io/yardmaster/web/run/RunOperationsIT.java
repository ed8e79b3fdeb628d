package io.yardmaster.web.run;

import static io.yardmaster.web.Browser.ok;
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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunOperationsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

    private static WebServer server;

    @BeforeAll
    static void start() {
        Database database = POSTGRES.database();
        Jobs jobs = new Jobs(List.of());
        RunActions actions = new RunActions(jobs, new RunQueue());
        Dispatching dispatching = new io.yardmaster.dispatch.Yard(database).dispatching();
        RunOperations operations = new RunOperations(actions, dispatching.forceClose());
        server = WebServer.start(
                database,
                List.of(
                        new RunPages(database, actions, dispatching.whyWaiting()),
                        new RunOperationPages(database, actions, operations),
                        new WaitingResource(database, actions, dispatching.whyWaiting()),
                        new RunOperationsResource(database, operations),
                        new RunPausePages(database, actions),
                        new RunPauseResource(database, actions),
                        new RerunPages(database, jobs, actions)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    // S16
    @Test
    void a_waiting_run_is_held_with_a_reason_and_released() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "held")));
        Browser ada = operator();
        assertThat(ok(ada.get("/runs/" + run))).contains("/runs/" + run + "/hold", "/runs/" + run + "/move");
        assertThat(ok(ada.get("/runs/" + run + "/hold")))
                .contains("Hold a run of held")
                .doesNotContain("??");
        assertThat(ok(ada.submit("/runs/" + run + "/hold", "reason", "month end")))
                .contains("The run is held.");
        assertThat(ada.post("/runs/" + run + "/hold", "reason", "again").statusCode())
                .isEqualTo(303);
        assertThat(found(run).state()).isEqualTo(RunState.HELD);
        assertThat(ok(ada.get("/runs/" + run)))
                .contains("Held by ada (“month end”) since", "Somebody releases it.", "/runs/" + run + "/release");
        assertThat(RunAnswer.of(found(run)))
                .extracting(RunAnswer::heldBy, RunAnswer::heldReason)
                .containsExactly("ada", "month end");
        assertThat(ok(ada.get("/api/v1/runs/" + run + "/waiting")))
                .contains("\"kind\":\"HELD_BECAUSE\"", "\"remedy\":\"Somebody releases it.\"", "\"at\":");
        assertThat(ok(ada.submit("/runs/" + run + "/release"))).contains("The run is released.");
        assertThat(audited("run.hold", run)).isOne();
        assertThat(audited("run.release", run)).isOne();
    }

    @Test
    void an_act_that_does_not_fit_the_state_says_which_would() {
        long run = Yard.in(POSTGRES, yard -> yard.running(yard.job("shop", "busy"), yard.node("mill-7", 4, 0.5)));
        HttpResponse<String> refused = operator().post("/runs/" + run + "/hold", "reason", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("is in the state Running, in which “hold” is not possible; possible: cancel, force-close");
        Browser ada = operator();
        HttpResponse<String> program = ada.send(ada.request("/api/v1/runs/" + run + "/release")
                .header("Origin", ada.origin())
                .header("X-CSRF-Token", ada.token())
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(program.statusCode()).isEqualTo(409);
        assertThat(program.body()).contains("possible: cancel, force-close");
        assertThat(audited("run.hold", run)).isZero();
    }

    @Test
    void a_waiting_run_is_moved_to_another_queue_that_the_operator_may_see() {
        long run = Yard.in(POSTGRES, yard -> {
            yard.queue("shop", "night");
            yard.queue("secret", "night");
            return yard.queued(yard.job("shop", "moved"));
        });
        Browser ada = server.signedIn("olga", "shop", Role.OPERATOR);
        assertThat(ok(ada.get("/runs/" + run + "/move"))).contains("shop/night").doesNotContain("secret/night");
        assertThat(ada.post("/runs/" + run + "/move", "queue", "secret/night").statusCode())
                .isEqualTo(422);
        assertThat(ok(ada.submit("/runs/" + run + "/move", "queue", "shop/night")))
                .contains("The run waits in its new queue.");
        assertThat(found(run).queue().name()).isEqualTo("night");
        assertThat(audited("run.move", run)).isOne();
    }

    @Test
    void a_waiting_run_is_given_another_priority_which_an_order_that_does_not_go_by_it_says() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "raised")));
        Browser ada = operator();
        assertThat(ok(ada.get("/runs/" + run))).contains("/runs/" + run + "/priority");
        assertThat(ok(ada.get("/runs/" + run + "/priority")))
                .contains("Change the priority of a run of raised", "changes nothing in the order now", "it is 0 now")
                .doesNotContain("??");
        for (String wrong : List.of("", "51", "-51", "high")) {
            HttpResponse<String> refused = ada.post("/runs/" + run + "/priority", "priority", wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(422);
            assertThat(refused.body()).contains("is a whole number");
        }
        assertThat(ok(ada.submit("/runs/" + run + "/priority", "priority", "-7", "reason", "month end")))
                .contains("The run has its new priority.");
        assertThat(ada.post("/runs/" + run + "/priority", "priority", "-7").statusCode())
                .isEqualTo(303);
        assertThat(found(run).urgency().priority()).isEqualTo(-7);
        assertThat(audited("run.priority", run)).isOne();
        assertThat(POSTGRES.count("audit_entry WHERE subject = '" + run
                        + "' AND detail @> '{\"from\": \"0\", \"to\": \"-7\", \"reason\": \"month end\"}'"))
                .isOne();
        assertThat(ada.json("/api/v1/runs/" + run + "/priority", "{\"priority\": 51}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ok(ada.json("/api/v1/runs/" + run + "/priority", "{\"priority\": 50}")))
                .contains("\"priority\":50");
    }

    @Test
    void a_running_script_is_paused_and_resumed_by_hand() {
        long run = Yard.in(POSTGRES, yard -> yard.running(yard.script("shop", "long"), yard.node("mill-9", 4, 0.5)));
        Browser ada = operator();
        assertThat(ok(ada.get("/runs/" + run)))
                .contains("/runs/" + run + "/pause")
                .doesNotContain("/resume\"");
        assertThat(ok(ada.get("/runs/" + run + "/pause"))).contains("Pause this run of long?");
        assertThat(ok(ada.submit("/runs/" + run + "/pause"))).contains("ada asked for a pause", "Resume run");
        assertThat(ada.post("/runs/" + run + "/pause").statusCode()).isEqualTo(303);
        POSTGRES.database()
                .useTransaction(transaction ->
                        transaction.sql().createUpdate("""
                        UPDATE run SET state = 'PAUSED', pause_confirmed = 1, paused_at = clock_timestamp(), pauses = 1,
                            ran_seconds = 3725 WHERE id = :run""").bind("run", run).execute());
        assertThat(ok(ada.get("/runs/" + run)))
                .contains("Paused by ada", "1 h 2 min", "It goes on when somebody resumes it.", "Slices")
                .doesNotContain("??");
        assertThat(ok(ada.submit("/runs/" + run + "/resume")))
                .contains("as soon as its node has a slot", "Paused by its slice", "/runs/" + run + "/pause");
        HttpResponse<String> again = ada.post("/runs/" + run + "/resume");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("it goes on by itself when its turn comes");
        assertThat(audited("run.pause", run)).isOne();
        assertThat(audited("run.resume", run)).isOne();
    }

    @Test
    void what_cannot_be_paused_has_no_button_and_says_why() {
        long run = Yard.in(
                POSTGRES,
                yard -> yard.running(
                        yard.versioned("shop", "brief", "{\"task\": {\"type\": \"noop\"}}"),
                        yard.node("mill-10", 4, 0.5)));
        Browser ada = operator();
        assertThat(ok(ada.get("/runs/" + run))).doesNotContain("/runs/" + run + "/pause");
        HttpResponse<String> program = ada.send(ada.request("/api/v1/runs/" + run + "/pause")
                .header("Origin", ada.origin())
                .header("X-CSRF-Token", ada.token())
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(program.statusCode()).isEqualTo(409);
        assertThat(program.body()).contains("only scripts can be paused");
        Browser viewer = server.signedIn("vic", "shop", Role.VIEWER);
        assertThat(viewer.post("/runs/" + run + "/pause").statusCode()).isEqualTo(403);
        assertThat(viewer.post("/runs/" + run + "/resume").statusCode()).isEqualTo(403);
    }

    // pain 7
    @Test
    void a_run_is_closed_by_force_only_with_a_state_and_a_reason_and_when_its_node_does_not_answer() {
        long run = Yard.in(POSTGRES, yard -> yard.running(yard.job("shop", "stuck"), yard.node("mill-8", 4, 0.5)));
        Browser ada = operator();
        assertThat(ok(ada.get("/runs/" + run + "/force-close"))).contains("processes on mill-8 may still run");
        HttpResponse<String> bare = ada.post("/runs/" + run + "/force-close");
        assertThat(bare.statusCode()).isEqualTo(422);
        assertThat(bare.body()).contains("say why", "UNKNOWN");
        HttpResponse<String> early =
                ada.post("/runs/" + run + "/force-close", "state", "UNKNOWN", "reason", "the host burnt down");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("mill-8, which answers");
        POSTGRES.database()
                .useTransaction(transaction -> transaction
                        .sql()
                        .execute("UPDATE run SET cancel_requested_at = now() - interval '31 s' WHERE id = ?", run));
        assertThat(ok(ada.submit("/runs/" + run + "/force-close", "state", "UNKNOWN", "reason", "the host burnt down")))
                .contains("The run is closed.", "closed by ada without the word of node mill-8: the host burnt down");
        assertThat(ok(ada.get("/runs/" + run, "Accept-Language", "zh-CN"))).contains("由 ada 关闭，未经节点 mill-8 确认");
        assertThat(audited("run.force-close", run)).isOne();
    }

    @Test
    void a_run_is_run_again_with_other_parameters_of_the_version_that_it_was_of() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "again")));
        POSTGRES.database().useTransaction(transaction -> {
            transaction.sql().execute("""
                    INSERT INTO job_version (job_id, version, definition, changed_by)
                    SELECT job_id, 1, '{"task": {"type": "noop"}, "parameters": {"old": "yes"}}', 'ada'
                    FROM run WHERE id = ?""", run);
            transaction.sql().execute("""
                    UPDATE job SET version = 2, definition = '{"task": {"type": "noop"}, "parameters": {"new": "yes"}}'
                    WHERE name = 'again'""");
            transaction
                    .sql()
                    .execute("UPDATE run SET parameters = '{\"a\": \"1\\n2\", \"b\": \"2\"}' WHERE id = ?", run);
        });
        Browser ada = operator();
        assertThat(ok(ada.get("/runs/" + run + "/rerun"))).contains("version 1", "version 2", "value=\"b\"");
        long same = made(ada.post(
                "/runs/" + run + "/rerun",
                "version",
                "SAME",
                "parameter.name",
                "a",
                "parameter.value",
                "12",
                "parameter.name",
                "b",
                "parameter.value",
                "3"));
        assertThat(found(same).job().version()).isOne();
        assertThat(found(same).parameters()).isEqualTo(Map.of("old", "yes", "a", "1\n2", "b", "3"));
        long newest = made(ada.post("/runs/" + run + "/rerun"));
        assertThat(found(newest).job().version()).isEqualTo(2);
        assertThat(found(newest).parameters()).isEqualTo(Map.of("new", "yes", "a", "1\n2", "b", "2"));
        assertThat(ada.post("/runs/" + run + "/rerun", "version", "SAME", "parameter.name", "1x", "parameter.value", "")
                        .statusCode())
                .isEqualTo(422);
    }

    // S3
    @Test
    void who_may_only_view_does_nothing_of_it() {
        long run = Yard.in(POSTGRES, yard -> yard.queued(yard.job("shop", "guarded")));
        Browser viewer = server.signedIn("vera", "shop", Role.VIEWER);
        viewer.get("/runs/" + run);
        for (String act : List.of("hold", "release", "move", "priority", "force-close", "rerun")) {
            assertThat(viewer.post("/runs/" + run + "/" + act).statusCode())
                    .as(act)
                    .isEqualTo(403);
        }
        assertThat(found(run).state()).isEqualTo(RunState.QUEUED);
    }

    private static long made(HttpResponse<String> answer) {
        String location = answer.headers().firstValue("Location").orElseThrow();
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }

    private static Browser operator() {
        return server.signedIn("ada", "*", Role.OPERATOR);
    }

    private static Run found(long run) {
        return POSTGRES.database()
                .inTransaction(transaction -> new Runs().find(transaction, run))
                .orElseThrow();
    }

    private static long audited(String action, long run) {
        return POSTGRES.count("audit_entry WHERE action = '" + action + "' AND subject = '" + run + "'");
    }
}

package io.yardmaster.web.run;

import static io.yardmaster.web.Browser.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Jobs;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.run.Verdict;
import io.yardmaster.run.Verdicts;
import io.yardmaster.security.Role;
import io.yardmaster.web.Browser;
import io.yardmaster.web.WebServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R5: what may not be repeated waits for a person
final class VerdictPagesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

    private static WebServer server;

    @BeforeAll
    static void start() {
        Database database = POSTGRES.database();
        RunActions actions = new RunActions(new Jobs(List.of()), new RunQueue());
        RunVerdicts verdicts = new RunVerdicts(actions);
        server = WebServer.start(
                database,
                List.of(
                        new RunPages(
                                database,
                                actions,
                                new io.yardmaster.dispatch.Yard(database)
                                        .dispatching()
                                        .whyWaiting()),
                        new VerdictPages(database, actions, verdicts),
                        new VerdictsResource(database, actions, verdicts)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_unknown_run_is_marked_once_with_a_reason_and_stays_unknown() {
        long run = unknown("shop", "payroll");
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        assertThat(ok(ada.get("/to-decide"))).contains("payroll", "/to-decide/" + run);
        assertThat(ok(ada.get("/runs/" + run))).contains("nobody has decided yet", "/to-decide/" + run);
        assertThat(ok(ada.get("/to-decide/" + run)))
                .contains("Decide a run of payroll")
                .doesNotContain("??");
        HttpResponse<String> bare = ada.post("/to-decide/" + run, "verdict", "SUCCEEDED");
        assertThat(bare.statusCode()).isEqualTo(422);
        assertThat(bare.body()).contains("say why");
        assertThat(ok(ada.submit("/to-decide/" + run, "verdict", "SUCCEEDED", "reason", "the bank has it")))
                .contains("marked as succeeded", "Marked as succeeded:", "the bank has it");
        assertThat(ok(ada.get("/to-decide"))).doesNotContain("/to-decide/" + run);
        HttpResponse<String> again = ada.post("/to-decide/" + run, "verdict", "FAILED", "reason", "no");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("was decided by ada at");
        assertThat(ok(ada.get("/api/v1/runs/" + run + "/verdict")))
                .contains("\"verdict\":\"SUCCEEDED\"", "\"by\":\"ada\"");
        assertThat(state(run)).isEqualTo(RunState.UNKNOWN);
        assertThat(POSTGRES.count("audit_entry WHERE action = 'run.decide' AND subject = '" + run + "'"))
                .isOne();
    }

    @Test
    void a_rerun_decides_it_too_and_leads_to_the_new_run() {
        long run = unknown("shop", "restock");
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        ada.get("/to-decide/" + run);
        HttpResponse<String> made = ada.post("/to-decide/" + run, "verdict", "RERUN");
        assertThat(made.headers().firstValue("Location").orElseThrow()).doesNotContain(Long.toString(run));
        assertThat(ok(ada.get("/runs/" + run))).contains("Run again:");
        assertThat(ok(ada.get("/api/v1/runs/undecided"))).doesNotContain("\"" + run + "\"");
    }

    // R5: of two who let it run again at the same moment, one does
    @Test
    void a_run_that_somebody_else_is_deciding_is_not_run_again_beside() {
        long run = unknown("shop", "refund");
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        ada.get("/to-decide/" + run);
        CompletableFuture<HttpResponse<String>> late = POSTGRES.database().inTransaction(transaction -> {
            new Verdicts().decide(transaction, Verdict.of(run, Verdict.Kind.SUCCEEDED, "paid", null, "bob"));
            CompletableFuture<HttpResponse<String>> other =
                    CompletableFuture.supplyAsync(() -> ada.post("/to-decide/" + run, "verdict", "RERUN"));
            await().until(() -> POSTGRES.count("pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);
            return other;
        });
        assertThat(late.join().statusCode()).isEqualTo(409);
        assertThat(late.join().body()).contains("was decided by bob at");
        assertThat(POSTGRES.count("run r JOIN job j ON j.id = r.job_id AND j.name = 'refund'"))
                .isZero();
    }

    @Test
    void only_an_unknown_run_is_decided_and_only_by_who_may_operate_there() {
        long waiting = POSTGRES.database().inTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            return yard.queued(yard.job("shop", "waiting"));
        });
        Browser ada = server.signedIn("ada", "*", Role.OPERATOR);
        ada.get("/to-decide");
        assertThat(ada.post("/to-decide/" + waiting, "verdict", "FAILED", "reason", "x")
                        .statusCode())
                .isEqualTo(409);
        long run = unknown("shop", "secret");
        Browser viewer = server.signedIn("vera", "shop", Role.VIEWER);
        assertThat(ok(viewer.get("/to-decide"))).contains("secret").doesNotContain("/to-decide/" + run);
        assertThat(viewer.post("/to-decide/" + run, "verdict", "FAILED", "reason", "x")
                        .statusCode())
                .isEqualTo(403);
        Browser stranger = server.signedIn("otto", "other", Role.OPERATOR);
        assertThat(ok(stranger.get("/to-decide"))).doesNotContain("secret");
        assertThat(stranger.get("/to-decide/" + run).statusCode()).isEqualTo(404);
    }

    private static long unknown(String namespace, String job) {
        return POSTGRES.database().inTransaction(transaction -> {
            Yard yard = new Yard(transaction);
            long run = yard.running(yard.job(namespace, job), yard.node("mill-" + job, 2, 0.1));
            Yard.ends()
                    .end(
                            transaction,
                            List.of(new io.yardmaster.queue.AttemptEnd(
                                    run, 1, RunState.UNKNOWN, null, "node lost", null, null, transaction.now())));
            return run;
        });
    }

    private static RunState state(long run) {
        return POSTGRES.database()
                .inTransaction(transaction -> new Runs().find(transaction, run))
                .orElseThrow()
                .state();
    }
}

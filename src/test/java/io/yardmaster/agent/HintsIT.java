package io.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.agent.Wire.Answer;
import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.node.Node;
import io.yardmaster.protocol.AcceptRequest;
import io.yardmaster.protocol.JoinRequest;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.SessionRequest;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.Purpose;
import io.yardmaster.web.WebServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers on one database: one offers and cancels, the worker's poll is open at the other. */
final class HintsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    /** Longer than any poll is held: what comes earlier came by a hint. */
    private static final Duration NEVER = Duration.ofHours(1);

    private static final Duration SOON = Duration.ofSeconds(5);

    private Database here;
    private Yard yard;
    private Database there;
    private Agents agents;
    private WebServer server;
    private Wire worker;
    private String session;

    @BeforeEach
    void firstServer(Database given) {
        here = given;
        yard = new Yard(here);
        yard.clear();
        here.notifications().start(null);
    }

    @AfterEach
    void stop() {
        agents.close();
        server.close();
        there.close();
        here.notifications().close();
    }

    @Test
    void an_offer_reaches_a_poll_that_is_open_at_another_server() {
        secondServer(POSTGRES.settings(), NEVER);
        await().until(there.notifications()::isListening);
        CompletableFuture<HttpResponse<String>> poll = openPoll();
        RunRef ref = offer();
        assertThat(poll).succeedsWithin(SOON);
        assertThat(Wire.await(poll).body().get("offers").get(0).get("run").asText())
                .isEqualTo(ref.run());
    }

    // R16
    @Test
    void a_cancel_reaches_a_poll_that_is_open_at_another_server() {
        secondServer(POSTGRES.settings(), NEVER);
        await().until(there.notifications()::isListening);
        RunRef ref = offer();
        worker.post("/sessions/" + session + "/accept", new AcceptRequest(List.of(ref)));
        CompletableFuture<HttpResponse<String>> poll = openPoll();
        here.useTransaction(transaction -> new Cancellation().request(transaction, Long.parseLong(ref.run()), "ada"));
        assertThat(poll).succeedsWithin(SOON);
        assertThat(Wire.await(poll).body().get("commands").get(0).get("kind").asText())
                .isEqualTo("CANCEL");
    }

    // R12: the listening connection breaks; what was said meanwhile is looked for, and later hints are heard
    @Test
    void hints_are_heard_again_after_the_connection_broke() {
        secondServer(POSTGRES.settings(), NEVER);
        await().until(there.notifications()::isListening);
        for (int time = 0; time < 2; time++) {
            CompletableFuture<HttpResponse<String>> poll = openPoll();
            assertThat(killListener()).isEqualTo(1);
            offer();
            assertThat(poll).succeedsWithin(SOON);
            await().until(there.notifications()::isListening);
        }
    }

    // a pooler that hears nothing, a role that may not connect: all works by looking
    @Test
    void without_a_listener_an_offer_arrives_by_the_next_look() {
        DatabaseSettings right = POSTGRES.settings();
        secondServer(new DatabaseSettings(right.url(), right.user(), "wrong", 1), Duration.ofMillis(200));
        CompletableFuture<HttpResponse<String>> poll = openPoll();
        offer();
        assertThat(poll).succeedsWithin(SOON);
        assertThat(there.notifications().isListening()).isFalse();
    }

    private void secondServer(DatabaseSettings listening, Duration lookEvery) {
        there = DatabaseOpener.open(POSTGRES.settings(), List.of(Node.class));
        there.notifications().start(listening);
        AttemptEnds ends = new AttemptEnds(List.of());
        Dispatching idle = new Dispatching(there, new RunQueue(), ends, Yard.TIMES, "idle");
        agents = new Agents(there, idle, ends, Timing.STANDARD, lookEvery);
        agents.start();
        server = WebServer.start(there, "", agents.resources(), agents.credentials());
        worker = new Wire(server.uri());
        String code = here.inTransaction(
                transaction -> OneTimeCodes.issue(transaction, Purpose.JOIN, "ada", Duration.ofMinutes(15)));
        Answer joined = worker.post("/join", new JoinRequest(code, "alpha", 4, "alpha.example"));
        worker.identify(joined.body().get("credential").asText());
        session = worker.post(
                        "/sessions",
                        new SessionRequest(
                                null,
                                "boot",
                                "alpha.example",
                                "0.1",
                                "PID_NAMESPACE",
                                4,
                                null,
                                List.of(),
                                0,
                                List.of()))
                .body()
                .get("session")
                .asText();
    }

    /** Open, and looked at once: only a hint brings news now. */
    private CompletableFuture<HttpResponse<String>> openPoll() {
        CompletableFuture<HttpResponse<String>> poll = worker.get("/sessions/" + session + "/poll");
        await().until(() -> agents.openPolls() == 1);
        await().during(Duration.ofMillis(300)).until(() -> agents.openPolls() == 1);
        return poll;
    }

    private RunRef offer() {
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
        return new RunRef(Long.toString(run), 1);
    }

    private long killListener() {
        return yard.count("""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE application_name = 'yardmaster listener' AND datname = current_database()""");
    }
}

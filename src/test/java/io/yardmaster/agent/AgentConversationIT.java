package io.yardmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yardmaster.agent.Wire.Answer;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.node.Node;
import io.yardmaster.output.OutputReader;
import io.yardmaster.protocol.AcceptRequest;
import io.yardmaster.protocol.Heartbeat;
import io.yardmaster.protocol.JoinRequest;
import io.yardmaster.protocol.Load;
import io.yardmaster.protocol.OutputRequest;
import io.yardmaster.protocol.Report;
import io.yardmaster.protocol.ReportRequest;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.SessionRequest;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.Purpose;
import io.yardmaster.web.WebServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole conversation between a worker and a server, over real HTTP. */
final class AgentConversationIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    private static final Load LOAD = new Load(0.25, 1, 2, 3, 4, 0);

    private Database database;
    private Yard yard;
    private Agents agents;
    private WebServer server;
    private Wire worker;
    private String node;

    @BeforeEach
    void joinedWorker(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
        agents = new Agents(database, yard.dispatching(), new AttemptEnds(List.of()), Timing.STANDARD);
        agents.start();
        yard.dispatching().start();
        server = WebServer.start(database, "", agents.resources(), agents.credentials());
        worker = new Wire(server.uri());
        Answer joined = worker.post("/join", new JoinRequest(code(), "alpha", 2, "alpha.example"));
        assertThat(joined.status()).isEqualTo(200);
        node = joined.body().get("node").asText();
        worker.identify(joined.body().get("credential").asText());
    }

    @AfterEach
    void stop() {
        yard.dispatching().close();
        agents.close();
        server.close();
    }

    @Test
    void a_run_is_offered_accepted_printed_and_reported() {
        String session = register();
        CompletableFuture<HttpResponse<String>> poll = worker.get("/sessions/" + session + "/poll");
        long run = yard.runs(shell(), null, 1).get(0);
        yard.dispatching().signal();
        RunRef ref = new RunRef(Long.toString(run), 1);
        assertThat(refs(Wire.await(poll).body().get("offers"))).containsExactly(ref);

        Answer accepted = worker.post("/sessions/" + session + "/accept", new AcceptRequest(List.of(ref)));
        JsonNode assignment = accepted.body().get("start").get(0);
        assertThat(assignment.get("attempt").asInt()).isEqualTo(1);
        assertThat(assignment.get("task").get("script").asText()).isEqualTo("echo hello");
        assertThat(assignment.get("timeoutMillis").asLong()).isEqualTo(7000);
        assertThat(assignment.get("outputLimit").asLong()).isEqualTo(1000);

        byte[] hello = "hello\n".getBytes(StandardCharsets.UTF_8);
        OutputRequest output = new OutputRequest(List.of(new OutputRequest.Chunk(ref, 0, hello, 0)));
        assertThat(worker.post("/sessions/" + session + "/output", output).status())
                .isEqualTo(204);
        ReportRequest report = report(ref, Report.Outcome.SUCCEEDED);
        assertThat(worker.post("/sessions/" + session + "/reports", report).status())
                .isEqualTo(204);
        assertThat(yard.state(run)).isEqualTo("SUCCEEDED");

        // R8: lost on the wire and sent again, or late and different
        assertThat(worker.post("/sessions/" + session + "/output", output).status())
                .isEqualTo(204);
        assertThat(worker.post("/sessions/" + session + "/reports", report(ref, Report.Outcome.FAILED))
                        .status())
                .isEqualTo(204);
        assertThat(yard.state(run)).isEqualTo("SUCCEEDED");
        byte[] printed = database.inTransaction(transaction ->
                new OutputReader().page(transaction, run, 1, 0, 100).bytes());
        assertThat(printed).isEqualTo(hello);
    }

    // R16: told, and told again until it has taken effect
    @Test
    void a_cancel_reaches_the_worker_until_it_is_obeyed() {
        String session = register();
        long run = yard.runs(shell(), null, 1).get(0);
        RunRef ref = started(session, run);
        CompletableFuture<HttpResponse<String>> poll = worker.get("/sessions/" + session + "/poll");
        database.inTransaction(transaction -> new Cancellation().request(transaction, run, "ada"));
        for (int told = 0; told < 2; told++) {
            JsonNode command = Wire.await(poll).body().get("commands").get(0);
            assertThat(command.get("kind").asText()).isEqualTo("CANCEL");
            assertThat(ref(command.get("run"))).isEqualTo(ref);
            poll = worker.get("/sessions/" + session + "/poll");
        }
        worker.post("/sessions/" + session + "/reports", report(ref, Report.Outcome.SUCCEEDED));
        assertThat(yard.state(run)).isEqualTo("CANCELLED");
    }

    @Test
    void a_newer_poll_ends_the_older_with_nothing() {
        String session = register();
        CompletableFuture<HttpResponse<String>> older = worker.get("/sessions/" + session + "/poll");
        await().until(() -> agents.openPolls() == 1);
        CompletableFuture<HttpResponse<String>> newer = worker.get("/sessions/" + session + "/poll");
        Answer answer = Wire.await(older);
        assertThat(answer.body().get("offers")).isEmpty();
        assertThat(answer.body().get("commands")).isEmpty();
        assertThat(newer).isNotDone();
    }

    // else a container that stops would wait for it
    @Test
    void a_poll_that_comes_when_the_desk_is_closed_is_answered_at_once() {
        String session = register();
        agents.close();
        CompletableFuture<HttpResponse<String>> late = worker.get("/sessions/" + session + "/poll");
        await().atMost(Duration.ofSeconds(5)).until(late::isDone);
        assertThat(Wire.await(late).body().get("offers")).isEmpty();
        assertThat(agents.openPolls()).isZero();
    }

    @Test
    void heartbeats_keep_the_lease_and_tell_what_to_kill() {
        String session = register();
        RunRef strange = new RunRef("42", 1);
        Answer answer = beat(session, List.of(strange));
        assertThat(refs(answer.body().get("kill"))).containsExactly(strange);
        yard.silence(Long.parseLong(session), 60);
        yard.change(
                "UPDATE node_session SET state = 'LOST', ended_at = now() WHERE id = :id",
                Map.of("id", Long.valueOf(session)));
        assertThat(beat(session, List.of()).status()).isEqualTo(410);
        assertThat(worker.post("/sessions/" + session + "/accept", new AcceptRequest(List.of()))
                        .status())
                .isEqualTo(410);
        assertThat(Wire.await(worker.get("/sessions/" + session + "/poll")).status())
                .isEqualTo(410);
    }

    // F13; and the way out for a worker that is stopped
    @Test
    void a_second_session_waits_for_the_end_of_the_first() {
        String session = register();
        assertThat(worker.post("/sessions", newcomer(null, List.of())).status()).isEqualTo(409);
        assertThat(worker.delete("/sessions/" + session).status()).isEqualTo(204);
        assertThat(worker.delete("/sessions/" + session).status()).isEqualTo(204);
        register();
    }

    // pain 2: the worker's process was replaced; what had ended is reported by its successor
    @Test
    void a_successor_reports_what_its_predecessor_finished() {
        String session = register();
        List<Long> runs = yard.runs(shell(), null, 2);
        RunRef ended = started(session, runs.get(0));
        RunRef lost = started(session, runs.get(1));
        Answer successor = worker.post("/sessions", newcomer(session, List.of(ended)));
        assertThat(successor.status()).isEqualTo(200);
        String next = successor.body().get("session").asText();
        await().until(() -> yard.state(runs.get(1)).matches("QUEUED|ASSIGNED"));
        worker.post("/sessions/" + next + "/reports", report(ended, Report.Outcome.SUCCEEDED));
        assertThat(yard.state(runs.get(0))).isEqualTo("SUCCEEDED");
        worker.post("/sessions/" + next + "/reports", report(lost, Report.Outcome.SUCCEEDED));
        assertThat(yard.state(runs.get(1))).isIn("QUEUED", "ASSIGNED");
    }

    // S4: a node sees and changes only what it holds
    @Test
    void another_node_changes_nothing_of_a_run() {
        String session = register();
        long run = yard.runs(shell(), null, 1).get(0);
        RunRef ref = started(session, run);
        Wire stranger = new Wire(server.uri());
        Answer joined = stranger.post("/join", new JoinRequest(code(), "beta", 2, "beta.example"));
        stranger.identify(joined.body().get("credential").asText());
        assertThat(stranger.post("/sessions/" + session + "/heartbeat", heartbeat(List.of(ref)))
                        .status())
                .isEqualTo(410);
        stranger.delete("/sessions/" + session);
        assertThat(yard.sessionState(Long.parseLong(session))).isEqualTo("LIVE");
        stranger.post("/sessions/" + session + "/reports", report(ref, Report.Outcome.FAILED));
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        stranger.post(
                "/sessions/" + session + "/output",
                new OutputRequest(List.of(new OutputRequest.Chunk(ref, 0, new byte[] {65}, 0))));
        assertThat(yard.count("SELECT count(*) FROM output_chunk")).isZero();
        assertThat(yard.count("SELECT count(*) FROM run_note")).isZero();
    }

    @Test
    void a_code_works_once_and_a_name_that_is_taken_does_not_use_it_up() {
        Wire stranger = new Wire(server.uri());
        String code = code();
        assertThat(stranger.post("/join", new JoinRequest(code, "alpha", 2, "h"))
                        .status())
                .isEqualTo(409);
        assertThat(stranger.post("/join", new JoinRequest(code, "gamma", 2, "h"))
                        .status())
                .isEqualTo(200);
        Answer again = stranger.post("/join", new JoinRequest(code, "delta", 2, "h"));
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.body().get("detail").asText()).contains("join code");
    }

    @Test
    void a_revoked_or_unknown_credential_is_a_stranger() {
        String session = register();
        yard.change("UPDATE node SET revoked_at = now() WHERE id = :id", Map.of("id", Long.valueOf(node)));
        assertThat(beat(session, List.of()).status()).isEqualTo(401);
        worker.identify("made-up");
        assertThat(beat(session, List.of()).status()).isEqualTo(401);
        worker.identify(null);
        assertThat(beat(session, List.of()).status()).isEqualTo(401);
    }

    // S19: whatever is sent, the answer says what is wrong with it, and nothing is stored
    @Test
    void malformed_messages_are_refused_field_by_field() {
        String session = register();
        assertThat(worker.post("/sessions/" + session + "/heartbeat", "{\"held\": null}")
                        .status())
                .isEqualTo(422);
        assertThat(worker.post("/sessions/" + session + "/heartbeat", "{nonsense")
                        .status())
                .isEqualTo(400);
        for (String ref : List.of(
                "null",
                "{}",
                "{\"run\": \"x\", \"epoch\": 1}",
                "{\"run\": \"99999999999999999999\", \"epoch\": 1}",
                "{\"run\": \"9999999999999999999\", \"epoch\": 1}",
                "{\"run\": \"1\", \"epoch\": -1}")) {
            Answer answer = worker.post("/sessions/" + session + "/accept", "{\"runs\": [" + ref + "]}");
            assertThat(answer.status()).as(ref).isEqualTo(422);
            assertThat(answer.body().toString()).contains("runs");
        }
        for (String report : List.of(
                "{}",
                "{\"ref\": {\"run\": \"1\", \"epoch\": 1}}",
                "{\"ref\": {\"run\": \"1\", \"epoch\": 1}, \"outcome\": \"SUCCEEDED\", \"startedAgoMillis\": -1}",
                "{\"ref\": {\"run\": \"1\", \"epoch\": 1}, \"outcome\": \"SUCCEEDED\", \"result\": [1]}")) {
            assertThat(worker.post("/sessions/" + session + "/reports", "{\"reports\": [" + report + "]}")
                            .status())
                    .as(report)
                    .isEqualTo(422);
        }
        for (String chunk : List.of(
                "{\"ref\": {\"run\": \"1\", \"epoch\": 1}}",
                "{\"ref\": {\"run\": \"1\", \"epoch\": 1}, \"start\": -1, \"gap\": 3}",
                "{\"ref\": {\"run\": \"1\", \"epoch\": 1}, \"gap\": 3, \"bytes\": \"QQ==\"}")) {
            assertThat(worker.post("/sessions/" + session + "/output", "{\"chunks\": [" + chunk + "]}")
                            .status())
                    .as(chunk)
                    .isEqualTo(422);
        }
        assertThat(worker.post("/sessions", newcomer("x", List.of())).status()).isEqualTo(422);
        assertThat(worker.post("/sessions/99/heartbeat", heartbeat(List.of())).status())
                .isEqualTo(410);
        assertThat(worker.post("/sessions/x/heartbeat", heartbeat(List.of())).status())
                .isEqualTo(404);
    }

    // a message of a newer worker
    @Test
    void unknown_fields_are_ignored() {
        String session = register();
        assertThat(worker.post("/sessions/" + session + "/accept", "{\"runs\": [], \"mood\": \"good\"}")
                        .status())
                .isEqualTo(200);
    }

    // R22: a result that the database refuses costs only itself
    @Test
    void a_report_that_cannot_be_stored_holds_up_no_other() {
        String session = register();
        List<Long> runs = yard.runs(shell(), null, 2);
        RunRef good = started(session, runs.get(0));
        RunRef bad = started(session, runs.get(1));
        String reports = "{\"reports\": [%s, %s]}"
                .formatted(
                        "{\"ref\": {\"run\": \"" + bad.run()
                                + "\", \"epoch\": 1}, \"outcome\": \"SUCCEEDED\", \"message\": \"a\\u0000b\", \"result\": {\"n\": 1e200000}}",
                        "{\"ref\": {\"run\": \"" + good.run()
                                + "\", \"epoch\": 1}, \"outcome\": \"FAILED\", \"result\": {\"zero\": \"\\u0000\"}}");
        assertThat(worker.post("/sessions/" + session + "/reports", reports).status())
                .isEqualTo(204);
        assertThat(yard.state(runs.get(0))).isEqualTo("FAILED");
        assertThat(yard.state(runs.get(1))).isEqualTo("SUCCEEDED");
    }

    // R22: a job whose stored definition is damaged
    @Test
    void a_definition_that_cannot_be_read_holds_up_no_other() {
        String session = register();
        List<RunRef> refs = List.of(
                new RunRef(Long.toString(yard.runs(shell(), null, 1).get(0)), 1),
                new RunRef(
                        Long.toString(yard.runs(yard.job("{\"task\": {\"type\": \"shell\", \"script\": [1]}}"), null, 1)
                                .get(0)),
                        1));
        yard.dispatching().signal();
        await().until(() -> yard.count("SELECT count(*) FROM run WHERE state = 'ASSIGNED'") == 2);
        JsonNode start = worker.post("/sessions/" + session + "/accept", new AcceptRequest(refs))
                .body()
                .get("start");
        assertThat(start.findValuesAsText("type")).containsExactlyInAnyOrder("shell", "unreadable");
        assertThat(start.findValuesAsText("problem"))
                .singleElement()
                .asString()
                .startsWith("the stored definition of its job is damaged: ");
    }

    @Test
    void a_server_that_stops_answers_the_open_polls() {
        String session = register();
        CompletableFuture<HttpResponse<String>> poll = worker.get("/sessions/" + session + "/poll");
        await().until(() -> agents.openPolls() == 1);
        agents.close();
        assertThat(Wire.await(poll).status()).isEqualTo(200);
    }

    private long shell() {
        return yard.job(
                "{\"task\": {\"type\": \"shell\", \"script\": \"echo hello\"}, \"timeout\": 7, \"outputLimit\": 1000}");
    }

    private String code() {
        return database.inTransaction(
                transaction -> OneTimeCodes.issue(transaction, Purpose.JOIN, "ada", Duration.ofMinutes(15)));
    }

    private String register() {
        Answer answer = worker.post("/sessions", newcomer(null, List.of()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("timing").get("lease").asLong()).isEqualTo(20_000);
        return answer.body().get("session").asText();
    }

    private static SessionRequest newcomer(String endsSession, List<RunRef> ended) {
        return new SessionRequest(
                null, "boot", "alpha.example", "0.1", "PID_NAMESPACE", 2, endsSession, ended, 0, List.of());
    }

    private RunRef started(String session, long run) {
        RunRef ref = new RunRef(Long.toString(run), 1);
        await().until(() -> {
            yard.dispatching().signal();
            return worker.post("/sessions/" + session + "/accept", new AcceptRequest(List.of(ref)))
                            .body()
                            .get("start")
                            .size()
                    == 1;
        });
        return ref;
    }

    private Answer beat(String session, List<RunRef> held) {
        return worker.post("/sessions/" + session + "/heartbeat", heartbeat(held));
    }

    private static Heartbeat heartbeat(List<RunRef> held) {
        return new Heartbeat(held, LOAD, false, 0);
    }

    private static ReportRequest report(RunRef ref, Report.Outcome outcome) {
        return new ReportRequest(List.of(new Report(ref, outcome, 0, null, null, 500, 100, null, 6)));
    }

    private static List<RunRef> refs(JsonNode list) {
        return java.util.stream.StreamSupport.stream(list.spliterator(), false)
                .map(AgentConversationIT::ref)
                .toList();
    }

    private static RunRef ref(JsonNode node) {
        return new RunRef(node.get("run").asText(), node.get("epoch").asLong());
    }
}

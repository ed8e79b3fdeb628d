package io.yardmaster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.agent.Agents;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Yard;
import io.yardmaster.node.Node;
import io.yardmaster.protocol.AcceptRequest;
import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.JoinRequest;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.SessionRequest;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.Purpose;
import io.yardmaster.web.WebServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real worker and a real server that agree on a session of which the worker is not told. */
final class LostRegistrationIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    /** Less than the 22 s after which a session that is not heard of is over. */
    private static final Duration SOON = Duration.ofSeconds(12);

    private static final UUID REGISTRATION = UUID.randomUUID();

    @TempDir
    Path directory;

    private Database database;
    private Yard yard;
    private Agents agents;
    private WebServer server;
    private Identity identity;
    private long run;
    private String past;

    /** One attempt that a worker finished and did not report before it died. */
    @BeforeEach
    void finishedAttempt(Database given) throws Exception {
        database = given;
        yard = new Yard(database);
        yard.clear();
        agents = new Agents(database, yard.dispatching(), new AttemptEnds(List.of()), Timing.STANDARD);
        agents.start();
        yard.dispatching().start();
        server = WebServer.start(database, "", agents.resources(), agents.credentials());
        String code = database.inTransaction(
                transaction -> OneTimeCodes.issue(transaction, Purpose.JOIN, "ada", Duration.ofMinutes(15)));
        var joined = AgentClient.stranger(List.of(server.uri()), null).join(new JoinRequest(code, "north", 2, "host"));
        identity = new Identity(joined.node(), joined.credential(), null);
        past = client().register(newcomer(null, List.of())).session();
        run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatching().signal();
        RunRef ref = ref();
        await().until(() ->
                client().accept(past, new AcceptRequest(List.of(ref))).start().size() == 1);
        leave(ref);
    }

    @AfterEach
    void stop() {
        yard.dispatching().close();
        agents.close();
        server.close();
    }

    // R4, pain 2: the server began the session and passed the attempt on, and nobody was told
    @Test
    void a_worker_whose_registration_was_not_answered_has_its_session_at_once() throws Exception {
        try (LossyProxy proxy = new LossyProxy(server.uri())) {
            assertReportedBy(proxy.address());
            assertThat(proxy.registrations).hasValue(2);
        }
    }

    // R4, pain 2: as above, and the worker was killed before it asked again
    @Test
    void a_worker_that_died_over_its_registration_has_its_session_at_once_when_it_returns() throws Exception {
        client().register(newcomer(past, List.of(ref())));
        assertReportedBy(server.uri());
    }

    private void assertReportedBy(URI address) throws InterruptedException {
        Worker worker = new Worker(WorkerSettings.of(directory, List.of(address), "north", 2));
        worker.start();
        try {
            await().atMost(SOON).until(() -> yard.state(run).equals("SUCCEEDED"));
            assertThat(yard.count("SELECT attempt FROM run_history")).isEqualTo(1);
            assertThat(yard.count("SELECT count(*) FROM node_session")).isEqualTo(2);
        } finally {
            worker.drainAndStop(Duration.ZERO);
        }
    }

    /** The data directory as the dead worker left it. */
    private void leave(RunRef ref) throws Exception {
        try (DataDirectory data = DataDirectory.open(directory)) {
            data.write(data.identity(), identity);
            data.write(data.session(), new PastSession(past, REGISTRATION));
            long now = Machine.uptimeMillis();
            Spool.open(data.spool(), InstantSource.system())
                    .create(ref, 1000)
                    .finish(SpooledReport.of(Result.succeeded(), now, now, null));
        }
    }

    private AgentClient client() {
        return AgentClient.node(List.of(server.uri()), null, identity.credential());
    }

    private RunRef ref() {
        return new RunRef(Long.toString(run), 1);
    }

    private static SessionRequest newcomer(String ends, List<RunRef> ended) {
        return new SessionRequest(
                ends == null ? null : REGISTRATION,
                Machine.bootId(),
                Machine.hostName(),
                "1",
                "PROCESS_GROUP",
                2,
                ends,
                ended,
                System.currentTimeMillis(),
                List.of());
    }
}

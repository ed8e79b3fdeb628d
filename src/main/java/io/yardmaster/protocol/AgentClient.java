package io.yardmaster.protocol;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The worker's side of the protocol: one method for each message, which sends once and either returns the answer or
 * says what is wrong. Asking again is up to the caller; the next message goes to another server after one that failed.
 */
public final class AgentClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Longer than the server holds a poll open. */
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(25);

    private final Wire wire;
    private final AtomicReference<Wire.Sending> poll = new AtomicReference<>();

    private AgentClient(Wire wire) {
        this.wire = wire;
    }

    /** For a worker that has not joined yet. */
    public static AgentClient stranger(List<URI> servers, String pin) {
        return new AgentClient(new Wire(new ServerAddresses(servers), pin, null));
    }

    /**
     * @param servers any of one cluster, asked in this order
     * @param pin SHA-256 of the servers' certificate; null to trust as the Java installation does
     * @param credential as told at joining
     */
    public static AgentClient node(List<URI> servers, String pin, String credential) {
        return new AgentClient(new Wire(new ServerAddresses(servers), pin, credential));
    }

    /** Asks every server once, until one answers. */
    public JoinAnswer join(JoinRequest request) throws AgentFailure {
        for (int tried = 1; ; tried++) {
            try {
                return wire.send("POST", "/join", request, JoinAnswer.class, TIMEOUT);
            } catch (AgentFailure failure) {
                if (failure.kind() != AgentFailure.Kind.UNREACHABLE || tried >= wire.servers()) {
                    throw failure;
                }
            }
        }
    }

    public SessionAnswer register(SessionRequest request) throws AgentFailure {
        return wire.send("POST", "/sessions", request, SessionAnswer.class, TIMEOUT);
    }

    public HeartbeatAnswer heartbeat(String session, Heartbeat heartbeat, Duration timeout) throws AgentFailure {
        return wire.send("POST", at(session, "/heartbeat"), heartbeat, HeartbeatAnswer.class, timeout);
    }

    /** Held open by the server until there is something to say. */
    public PollAnswer poll(String session) throws AgentFailure {
        Wire.Sending sending = wire.start("GET", at(session, "/poll"), null, POLL_TIMEOUT);
        poll.set(sending);
        return wire.await(sending, PollAnswer.class, POLL_TIMEOUT);
    }

    /** Ends the poll that is under way, if any, so that it is asked of another server. */
    public void giveUpPoll() {
        Wire.Sending sending = poll.getAndSet(null);
        if (sending != null) {
            sending.future().cancel(true);
        }
    }

    public AcceptAnswer accept(String session, AcceptRequest request) throws AgentFailure {
        return wire.send("POST", at(session, "/accept"), request, AcceptAnswer.class, TIMEOUT);
    }

    public void output(String session, OutputRequest request) throws AgentFailure {
        wire.send("POST", at(session, "/output"), request, Void.class, TIMEOUT);
    }

    public void report(String session, ReportRequest request) throws AgentFailure {
        wire.send("POST", at(session, "/reports"), request, Void.class, TIMEOUT);
    }

    public void pauses(String session, PauseRequest request) throws AgentFailure {
        wire.send("POST", at(session, "/pauses"), request, Void.class, TIMEOUT);
    }

    public void end(String session) throws AgentFailure {
        wire.send("DELETE", at(session, ""), null, Void.class, TIMEOUT);
    }

    private static String at(String session, String message) {
        return "/sessions/" + session + message;
    }
}

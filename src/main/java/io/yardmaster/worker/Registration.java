package io.yardmaster.worker;

import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.protocol.RunRef;
import io.yardmaster.protocol.SessionAnswer;
import io.yardmaster.protocol.SessionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a worker gets its sessions. Each asking has a random name that is on disk before it is sent and stays the same until
 * a session has begun here, so that an answer that was lost, even with the process that waited for it, can be asked for
 * again.
 */
final class Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
    private static final long ASK_AGAIN = 1_000;

    private final Workshop shop;
    private final Held held;
    private final Spool spool;

    Registration(Workshop shop, Held held, Spool spool) {
        this.shop = shop;
        this.held = held;
        this.spool = spool;
    }

    /**
     * Asks until there is a session, and room on the disk to write of it. Nothing of the last one may be left.
     *
     * @return empty if the worker was stopped before
     * @throws AgentFailure if the servers do not know this node
     */
    Optional<Session> ask(AgentClient client, CountDownLatch stop) throws AgentFailure, InterruptedException {
        String told = "";
        do {
            try {
                return Optional.of(begin(client, intend()));
            } catch (IOException failure) {
                if (failure instanceof AgentFailure answer && answer.kind() == AgentFailure.Kind.UNKNOWN_NODE) {
                    throw answer;
                }
                String problem = String.valueOf(failure.getMessage());
                if (!problem.equals(told)) {
                    told = problem;
                    LOG.warn("{}; asked again every second", told);
                }
            }
        } while (!stop.await(ASK_AGAIN, TimeUnit.MILLISECONDS));
        return Optional.empty();
    }

    /** The session was ended in order, so the next one has nothing to say of it. */
    void forget() throws IOException {
        if (past().registration() == null) {
            Files.deleteIfExists(shop.data().session());
        }
    }

    private PastSession past() {
        return shop.data().read(shop.data().session(), PastSession.class).orElse(new PastSession(null, null));
    }

    private PastSession intend() throws IOException {
        PastSession past = past();
        if (past.registration() != null) {
            return past;
        }
        PastSession intended = new PastSession(past.session(), UUID.randomUUID());
        shop.data().write(shop.data().session(), intended);
        return intended;
    }

    private Session begin(AgentClient client, PastSession past) throws IOException {
        long sentAt = shop.uptime().getAsLong();
        SessionAnswer answer = client.register(request(past));
        shop.data().write(shop.data().session(), new PastSession(answer.session(), null));
        LOG.info(
                "Session {} began, tasks are kept in a {}",
                answer.session(),
                shop.containment().kind());
        return new Session(answer.session(), answer.timing(), sentAt, shop.uptime());
    }

    private SessionRequest request(PastSession past) {
        List<RunRef> unreported = spool.unreported();
        held.adopt(unreported);
        return new SessionRequest(
                past.registration(),
                Machine.bootId(),
                Machine.hostName(),
                shop.settings().version(),
                shop.containment().kind().name(),
                shop.settings().slots(),
                past.session(),
                unreported,
                System.currentTimeMillis(),
                shop.settings().labels());
    }
}

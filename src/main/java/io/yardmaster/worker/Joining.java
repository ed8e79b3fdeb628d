package io.yardmaster.worker;

import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.protocol.JoinAnswer;
import io.yardmaster.protocol.JoinCode;
import io.yardmaster.protocol.JoinRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a worker gets its identity: from its data directory, or once from a server. */
final class Joining {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);

    private final DataDirectory data;
    private final WorkerSettings settings;

    Joining(DataDirectory data, WorkerSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    /** @throws WorkerFailure if there is neither an identity nor a code */
    void check() {
        if (known().isEmpty() && settings.joinCode() == null) {
            throw new WorkerFailure("this worker has not joined yet and has no join code:"
                    + " make one with \"yardmaster node join-code\" or on the page Nodes");
        }
    }

    /**
     * Asks for as long as no server answers.
     *
     * @param stop ends the asking
     * @throws WorkerFailure if the code is refused
     */
    Optional<Identity> identity(CountDownLatch stop) throws InterruptedException {
        Optional<Identity> identity = known();
        boolean told = false;
        while (identity.isEmpty()) {
            try {
                identity = Optional.of(join(settings.joinCode()));
            } catch (AgentFailure failure) {
                if (failure.kind() != AgentFailure.Kind.UNREACHABLE) {
                    throw new WorkerFailure(
                            "this worker cannot join as \"" + settings.name() + "\": " + failure.getMessage(), failure);
                }
                if (!told) {
                    LOG.warn("{}; asked again every second", failure.getMessage());
                    told = true;
                }
                if (stop.await(1, TimeUnit.SECONDS)) {
                    return Optional.empty();
                }
            }
        }
        return identity;
    }

    private Optional<Identity> known() {
        return data.read(data.identity(), Identity.class).map(this::pinnedAsTold);
    }

    /** A join code that is given to a worker that has joined is not used; the certificate that it tells is believed. */
    private Identity pinnedAsTold(Identity identity) {
        String told = settings.joinCode() == null ? null : settings.joinCode().pin();
        if (told == null || told.equals(identity.pin())) {
            return identity;
        }
        Identity renewed = new Identity(identity.node(), identity.credential(), told);
        keep(renewed);
        LOG.info("The servers' certificate is now the one with SHA-256 {}, as the join code says", told);
        return renewed;
    }

    private Identity join(JoinCode code) throws AgentFailure {
        JoinRequest request = new JoinRequest(code.code(), settings.name(), settings.slots(), Machine.hostName());
        JoinAnswer answer = AgentClient.stranger(settings.servers(), code.pin()).join(request);
        Identity identity = new Identity(answer.node(), answer.credential(), code.pin());
        keep(identity);
        LOG.info("Joined as node \"{}\"", settings.name());
        return identity;
    }

    private void keep(Identity identity) {
        try {
            data.write(data.identity(), identity);
        } catch (IOException failure) {
            throw new WorkerFailure(failure.getMessage(), failure);
        }
    }
}

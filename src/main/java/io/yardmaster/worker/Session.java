package io.yardmaster.worker;

import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.protocol.Timing;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One registration with the servers and its lease, until either side ends it. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final String id;
    private final Timing timing;
    private final LongSupplier uptime;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long until;
    private volatile AgentFailure refusal;
    private volatile boolean troubled;

    /**
     * @param sentAt when the registration was sent, which the lease counts from
     * @param uptime milliseconds of the machine's uptime
     */
    Session(String id, Timing timing, long sentAt, LongSupplier uptime) {
        this.id = id;
        this.timing = timing;
        this.uptime = uptime;
        acknowledged(sentAt);
    }

    String id() {
        return id;
    }

    Timing timing() {
        return timing;
    }

    /** The uptime from which nothing that the session holds may be running. */
    long until() {
        return until;
    }

    /** A heartbeat sent then was acknowledged. */
    void acknowledged(long sentAt) {
        until = Math.max(until, sentAt + timing.lease() - timing.margin());
        if (troubled) {
            troubled = false;
            LOG.info("A server answers again");
        }
    }

    boolean leaseIsUp() {
        return uptime.getAsLong() >= until;
    }

    /** What a failed message means for the session. */
    void failed(AgentFailure failure) {
        switch (failure.kind()) {
            case SESSION_GONE -> {
                LOG.warn("The servers have given this session up: {}", failure.getMessage());
                end();
            }
            case UNKNOWN_NODE -> {
                refusal = failure;
                end();
            }
            default -> {
                if (!troubled && !isOver()) {
                    troubled = true;
                    LOG.warn("{}; asked again until the lease ends", failure.getMessage());
                }
            }
        }
    }

    /** Set once the servers no longer know this node; else null. */
    AgentFailure refusal() {
        return refusal;
    }

    void end() {
        over.countDown();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Waits at most so long for the end. */
    boolean awaitOver(long millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }
}

package io.yardmaster.worker;

import io.yardmaster.protocol.AgentClient;
import io.yardmaster.protocol.AgentFailure;
import io.yardmaster.worker.Signals.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session after the other, until the worker is stopped. Whatever ends a session, nothing that it held is running
 * when the next one begins.
 */
final class SessionLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLoop.class);
    /** Well within the margin by which the worker gives up before the servers take back. */
    private static final long END_LIMIT = 1_000;

    /** What goes on during a session, in a thread of its own; returns soon after the session is over. */
    interface Task {
        void run(AgentClient client, Session session) throws InterruptedException;
    }

    private final Workshop shop;
    private final Held held;
    private final Registration registration;
    private final List<Task> tasks;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Session session;

    SessionLoop(Workshop shop, Held held, Registration registration, List<Task> tasks) {
        this.shop = shop;
        this.held = held;
        this.registration = registration;
        this.tasks = tasks;
    }

    /**
     * Returns once {@link #stop} was called.
     *
     * @throws WorkerFailure if the servers will not have this worker
     */
    void run(Joining joining) throws InterruptedException {
        Identity identity = joining.identity(stop).orElse(null);
        if (identity == null) {
            return;
        }
        AgentClient client = AgentClient.node(shop.settings().servers(), identity.pin(), identity.credential());
        while (stop.getCount() > 0 && register(client)) {
            Session current = session;
            List<Thread> threads =
                    tasks.stream().map(task -> start(task, client, current)).toList();
            watch(current);
            client.giveUpPoll();
            endWhatIsHeld(current);
            for (Thread thread : threads) {
                thread.join();
            }
            // what an answer that was under way had still started
            endWhatIsHeld(current);
            if (current.refusal() != null) {
                throw unknown(current.refusal());
            }
        }
        endInOrder(client);
    }

    void stop() {
        stop.countDown();
        Session current = session;
        if (current != null) {
            current.end();
        }
    }

    /** False if the worker was stopped before there was a session. */
    private boolean register(AgentClient client) throws InterruptedException {
        try {
            Optional<Session> begun = registration.ask(client, stop);
            begun.ifPresent(next -> session = next);
            return begun.isPresent();
        } catch (AgentFailure failure) {
            throw unknown(failure);
        }
    }

    private static Thread start(Task task, AgentClient client, Session session) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run(client, session);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException bug) {
                        LOG.error("The session is given up after a failure that indicates a bug", bug);
                    } finally {
                        session.end();
                    }
                },
                task.getClass().getSimpleName());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Apart from the heartbeats, so that one that hangs cannot keep what is held alive. */
    private static void watch(Session session) throws InterruptedException {
        long period = Math.max(10, session.timing().heartbeat() / 40);
        while (!session.awaitOver(period)) {
            if (session.leaseIsUp()) {
                LOG.warn("No server has answered for so long that the lease is up: ending all tasks");
                session.end();
            }
        }
    }

    private void endWhatIsHeld(Session ended) throws InterruptedException {
        held.signalAll(Signal.ABANDON);
        if (held.awaitNoneRunning(END_LIMIT)) {
            return;
        }
        Leftovers leftovers = new Leftovers(shop.data().root());
        while (!leftovers.end(END_LIMIT) || !held.awaitNoneRunning(END_LIMIT)) {
            LOG.error("Tasks of session {} cannot be ended; no new session before they are gone", ended.id());
        }
    }

    private void endInOrder(AgentClient client) {
        if (session == null || !held.refs().isEmpty()) {
            return;
        }
        try {
            client.end(session.id());
            registration.forget();
        } catch (IOException failure) {
            LOG.warn(
                    "The session could not be ended in order, so the node counts as lost for a while: {}",
                    failure.getMessage());
        }
    }

    private WorkerFailure unknown(AgentFailure failure) {
        return new WorkerFailure(
                "the servers do not know this node, or it was revoked (" + failure.getMessage()
                        + "): to join anew, delete " + shop.data().identity() + " and start with a new join code",
                failure);
    }
}

package io.yardmaster.worker;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process: dials the servers, executes what they offer, and listens on nothing. Meant to be alone in its JVM.
 */
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long LEFTOVERS_LIMIT = 5_000;
    /** For the servers to acknowledge what ended at the last moment. */
    private static final long LAST_WORDS_LIMIT = 10_000;

    private final WorkerSettings settings;
    private final AtomicReference<WorkerFailure> failure = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean draining;
    private DataDirectory data;
    private Spool spool;
    private Held held;
    private SessionLoop sessions;

    public Worker(WorkerSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes the data directory, ends what an earlier worker left there, and goes to work in the background.
     *
     * @throws WorkerFailure if the directory cannot be used, or the worker has neither joined nor a code to join with
     */
    public void start() {
        data = DataDirectory.open(settings.dataDirectory());
        try {
            Joining joining = new Joining(data, settings);
            joining.check();
            endLeftovers();
            assemble();
            Thread thread = new Thread(() -> work(joining), "worker");
            thread.start();
        } catch (WorkerFailure refused) {
            release();
            throw refused;
        }
    }

    /**
     * Takes nothing new, waits for what is running and for its acknowledgement, and ends the session. What is still
     * running after {@code drain} is ended and left to the servers to decide about.
     */
    public void drainAndStop(Duration drain) throws InterruptedException {
        draining = true;
        LOG.info("Stopping: what is running has {} s to finish", drain.toSeconds());
        if (!held.awaitIdle(drain.toMillis())) {
            held.signalAll(Signals.Signal.DISMISS);
            held.awaitIdle(settings.grace().toMillis() + 2 * settings.tick().toMillis());
        }
        if (!held.awaitNone(LAST_WORDS_LIMIT)) {
            LOG.warn("Results that no server has acknowledged stay in {} for the next start", data.spool());
        }
        sessions.stop();
        ended.await(LAST_WORDS_LIMIT, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns when the worker has stopped.
     *
     * @throws WorkerFailure if it stopped because the servers will not have it
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void assemble() {
        try {
            Workshop shop = Workshop.in(data, settings, System.getenv());
            spool = Spool.open(data.spool(), InstantSource.system());
            held = new Held(settings.slots());
            Delivery delivery = new Delivery(shop, spool, held);
            Pauses pauses = new Pauses(held);
            Attempts attempts = new Attempts(shop, spool, held, delivery, pauses, Thread::new);
            BooleanSupplier takesNothing = () -> draining || !spool.hasPlace();
            Heartbeats heartbeats = new Heartbeats(shop, held, new LoadProbe(data.root()), takesNothing);
            Offers offers = new Offers(held, attempts, takesNothing);
            sessions = new SessionLoop(
                    shop, held, new Registration(shop, held, spool), List.of(heartbeats, offers, delivery, pauses));
        } catch (IOException unreadable) {
            throw new WorkerFailure(data.spool() + " cannot be read: " + unreadable, unreadable);
        }
    }

    private void endLeftovers() {
        try {
            if (!new Leftovers(data.root()).end(LEFTOVERS_LIMIT)) {
                throw new WorkerFailure("processes that an earlier worker on " + data.root()
                        + " left behind cannot be ended: end them, then start again");
            }
            clearAttempts();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WorkerFailure("interrupted while starting", interrupted);
        }
    }

    /** A container that a task began may have left files of another user there, which are no reason to do no work. */
    private void clearAttempts() {
        try {
            Trees.delete(data.attempts());
        } catch (IOException undeletable) {
            LOG.warn(
                    "{} cannot be cleared, delete by hand what is left there: {}",
                    data.attempts(),
                    undeletable.toString());
        }
        try {
            OwnerOnly.directory(data.attempts());
        } catch (IOException failure) {
            throw new WorkerFailure(data.attempts() + " cannot be made: " + failure, failure);
        }
    }

    private void work(Joining joining) {
        try {
            sessions.run(joining);
        } catch (WorkerFailure refused) {
            failure.set(refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            release();
            ended.countDown();
        }
    }

    private void release() {
        try {
            if (spool != null) {
                spool.close();
            }
            data.close();
        } catch (IOException unimportant) {
            // what is open ends with the process
        }
    }
}

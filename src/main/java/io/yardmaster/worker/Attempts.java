package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts, each in a thread of its own. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private static final long IDLE_SECONDS = 60;

    private final Workshop shop;
    private final Spool spool;
    private final Held held;
    private final Delivery delivery;
    private final Executor threads;

    Attempts(Workshop shop, Spool spool, Held held, Delivery delivery, ThreadFactory threads) {
        this.shop = shop;
        this.spool = spool;
        this.held = held;
        this.delivery = delivery;
        // a thread for each, used again for the next
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = threads.newThread(task);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void start(Assignment assignment, Session session) {
        SpooledAttempt spooled = spool.create(assignment.ref(), assignment.outputLimit());
        begin(new Attempt(shop, assignment, spooled, session, delivery::printed), spooled);
    }

    private void begin(Attempt attempt, SpooledAttempt spooled) {
        held.started(attempt);
        try {
            threads.execute(() -> execute(attempt, spooled));
        } catch (Throwable shortage) { // of threads or memory
            ended(spooled, Optional.empty());
            LOG.error("Run {} cannot be started", attempt.ref().run(), shortage);
        }
    }

    private void execute(Attempt attempt, SpooledAttempt spooled) {
        Optional<SpooledReport> report = Optional.empty();
        try {
            Thread.currentThread().setName("run-" + attempt.ref().run());
            report = attempt.execute();
        } catch (Throwable shortage) { // of threads or memory
            LOG.error(
                    "Run {} is given up, for the servers to take back",
                    attempt.ref().run(),
                    shortage);
        } finally {
            ended(spooled, report);
        }
    }

    private void ended(SpooledAttempt spooled, Optional<SpooledReport> report) {
        // before it can be delivered, or its acknowledgement would come first
        held.ended(spooled.ref(), report.isPresent());
        report.ifPresentOrElse(spooled::finish, spooled::abandon);
        delivery.ended();
    }
}

package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.RunRef;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts, each in a thread of its own. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Workshop shop;
    private final Spool spool;
    private final Held held;
    private final Delivery delivery;
    private final ThreadFactory threads;

    Attempts(Workshop shop, Spool spool, Held held, Delivery delivery, ThreadFactory threads) {
        this.shop = shop;
        this.spool = spool;
        this.held = held;
        this.delivery = delivery;
        this.threads = threads;
    }

    void start(Assignment assignment, Session session) {
        SpooledAttempt spooled;
        try {
            spooled = spool.create(assignment.ref(), assignment.outputLimit());
        } catch (IOException full) {
            refuse(assignment.ref(), full);
            return;
        }
        begin(new Attempt(shop, assignment, spooled, session, delivery::printed), spooled);
    }

    /** Nothing of it was begun, so it ended: nobody has to wait until the servers take it back. */
    private void refuse(RunRef ref, IOException full) {
        LOG.error("Run {} cannot be started, since the spool cannot be written: {}", ref.run(), full.toString());
        long now = shop.uptime().getAsLong();
        Result result = Result.failed("the worker could not begin it, since its spool cannot be written: " + full);
        ended(spool.withoutDisk(ref), Optional.of(SpooledReport.of(result, now, now)));
    }

    private void begin(Attempt attempt, SpooledAttempt spooled) {
        held.started(attempt);
        try {
            Thread thread = threads.newThread(() -> execute(attempt, spooled));
            thread.setName("run-" + attempt.ref().run());
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable shortage) { // of threads or memory
            ended(spooled, Optional.empty());
            LOG.error("Run {} cannot be started", attempt.ref().run(), shortage);
        }
    }

    private void execute(Attempt attempt, SpooledAttempt spooled) {
        Optional<SpooledReport> report = Optional.empty();
        try {
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

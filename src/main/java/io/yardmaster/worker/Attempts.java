package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts, each in a thread of its own. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final Workshop shop;
    private final Spool spool;
    private final Held held;
    private final Delivery delivery;

    Attempts(Workshop shop, Spool spool, Held held, Delivery delivery) {
        this.shop = shop;
        this.spool = spool;
        this.held = held;
        this.delivery = delivery;
    }

    void start(Assignment assignment, Session session) {
        String run = assignment.ref().run();
        try {
            SpooledAttempt spooled = spool.create(assignment.ref(), assignment.outputLimit());
            Attempt attempt = new Attempt(shop, assignment, spooled, session, delivery::printed);
            held.started(attempt);
            Thread thread = new Thread(() -> execute(attempt, spooled), "run-" + run);
            thread.setDaemon(true);
            thread.start();
        } catch (IOException full) {
            // not held, so the servers take it back
            LOG.error("Run {} cannot be started, since the spool cannot be written: {}", run, full.toString());
        }
    }

    private void execute(Attempt attempt, SpooledAttempt spooled) {
        Optional<SpooledReport> report = attempt.execute();
        // before it can be delivered, or its acknowledgement would come first
        held.ended(attempt.ref(), report.isPresent());
        report.ifPresentOrElse(spooled::finish, spooled::abandon);
        delivery.ended();
    }
}

package io.yardmaster.worker;

import io.yardmaster.protocol.Assignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts attempts, each in a thread of its own unless it ends at once. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private static final long IDLE_SECONDS = 60;

    private final Workshop shop;
    private final Spool spool;
    private final Held held;
    private final Delivery delivery;
    private final Pauses pauses;
    private final Executor threads;

    Attempts(Workshop shop, Spool spool, Held held, Delivery delivery, Pauses pauses, ThreadFactory threads) {
        this.shop = shop;
        this.spool = spool;
        this.held = held;
        this.delivery = delivery;
        this.pauses = pauses;
        // a thread for each, used again for the next
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = threads.newThread(task);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Returns when all are under way, those without a thread at their end. What fails of one keeps no other held. */
    void start(Collection<Assignment> assignments, Session session) {
        List<Attempt> atOnce = new ArrayList<>(assignments.size());
        LongSupplier moment = new Moment(shop.uptime());
        try {
            for (Assignment assignment : assignments) {
                SpooledAttempt spooled = spool.create(assignment.ref(), assignment.outputLimit());
                Attempt attempt = new Attempt(shop, assignment, spooled, session, delivery::printed, pauses);
                held.started(attempt);
                if (attempt.endsAtOnce()) {
                    atOnce.add(attempt);
                } else {
                    begin(attempt);
                }
            }
        } finally {
            executeHere(atOnce, moment);
        }
    }

    private void executeHere(List<Attempt> attempts, LongSupplier moment) {
        for (Attempt attempt : attempts) {
            try {
                execute(attempt, moment);
            } catch (Throwable shortage) {
                // so great that not even the log can tell of it
            }
        }
        if (!attempts.isEmpty()) {
            delivery.ended();
        }
    }

    /** Reads {@code clock} once, which costs more than an attempt that takes no time. */
    private static final class Moment implements LongSupplier {
        private final LongSupplier clock;
        private OptionalLong read = OptionalLong.empty();

        Moment(LongSupplier clock) {
            this.clock = clock;
        }

        @Override
        public long getAsLong() {
            if (read.isEmpty()) {
                read = OptionalLong.of(clock.getAsLong());
            }
            return read.getAsLong();
        }
    }

    private void begin(Attempt attempt) {
        try {
            threads.execute(() -> executeApart(attempt));
        } catch (Throwable shortage) { // of threads or memory
            ended(attempt, Optional.empty());
            LOG.error("Run {} cannot be started", attempt.ref().run(), shortage);
        }
    }

    private void executeApart(Attempt attempt) {
        try {
            Thread.currentThread().setName("run-" + attempt.ref().run());
        } finally {
            execute(attempt, shop.uptime());
            delivery.ended();
        }
    }

    private void execute(Attempt attempt, LongSupplier uptime) {
        Optional<SpooledReport> report = Optional.empty();
        try {
            report = attempt.execute(uptime);
        } catch (Throwable shortage) { // of threads or memory
            LOG.error(
                    "Run {} is given up, for the servers to take back",
                    attempt.ref().run(),
                    shortage);
        } finally {
            ended(attempt, report);
        }
    }

    private void ended(Attempt attempt, Optional<SpooledReport> report) {
        // before it can be delivered, or its acknowledgement would come first
        held.ended(attempt.ref(), report.isPresent());
        report.ifPresentOrElse(attempt.spooled()::finish, attempt.spooled()::abandon);
    }
}

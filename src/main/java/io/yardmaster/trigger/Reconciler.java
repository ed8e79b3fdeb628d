package io.yardmaster.trigger;

import io.yardmaster.database.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls {@link FireDue} at each next instant and at least once a second, on every server, whatever Quartz does. Waits on
 * the monotonic clock for as long as the database's clock says; this machine's wall clock is never asked.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final FireDue due;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;
    private boolean failing;

    public Reconciler(FireDue due) {
        this.due = due;
        this.thread = new Thread(this::run, "yardmaster-reconciler");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Ends the wait, as when a schedule was made that may be due before it would end. */
    public void nudge() {
        nudges.release();
    }

    /** Returns when the turn under way has ended. */
    @Override
    public void close() {
        stopping = true;
        nudge();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                if (nudges.tryAcquire(turn().toNanos(), TimeUnit.NANOSECONDS)) {
                    nudges.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            LOG.info("the reconciler was interrupted and ends");
        }
    }

    /** Fires, and says how long to wait. Nothing that happens here may end the thread. */
    private Duration turn() {
        try {
            due.fireDue();
            Duration wait = due.untilNext()
                    .filter(next -> next.compareTo(LONGEST_WAIT) < 0)
                    .orElse(LONGEST_WAIT);
            if (failing) {
                LOG.info("due schedules are fired again");
            }
            failing = false;
            // what is due already and was left is held by another server, or in quarantine: no reason to spin
            return wait.isNegative() ? Duration.ofMillis(100) : wait;
        } catch (DatabaseUnavailable away) {
            LOG.debug("due schedules wait for the database", away);
            return LONGEST_WAIT;
        } catch (RuntimeException | Error failure) {
            if (!failing) {
                LOG.error("due schedules cannot be fired; tried again each second, nothing is lost", failure);
            }
            failing = true;
            return LONGEST_WAIT;
        }
    }
}

package io.yardmaster.dispatch;

import io.yardmaster.database.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes turns until it is closed. A turn that fails is followed by the next after a pause that grows to
 * at most 2 s, so that work goes on by itself once the database answers again.
 */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2000;
    private static final int LOUD_EVERY = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Turn turn;
    private final Thread thread;
    private boolean signalled;
    private boolean closed;
    private int failures;

    /** One piece of work. */
    @FunctionalInterface
    public interface Turn {
        /** @return how long to rest unless signalled */
        Duration take();
    }

    public Loop(String name, Turn turn) {
        this.turn = turn;
        this.thread = new Thread(this::run, "yardmaster-" + name);
        this.thread.setDaemon(true);
    }

    public Loop start() {
        thread.start();
        return this;
    }

    /** Ends the present or the next rest at once. Cheap, and safe from any thread. */
    public void signal() {
        lock.lock();
        try {
            signalled = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (rest(once())) {
            // each turn is in once()
        }
    }

    private long once() {
        try {
            long pause = turn.take().toMillis();
            failures = 0;
            return pause;
        } catch (DatabaseUnavailable away) {
            LOG.debug("{} waits for the database", thread.getName(), away);
            return afterFailure();
        } catch (RuntimeException failure) {
            tell(failure);
            return afterFailure();
        }
    }

    private void tell(RuntimeException failure) {
        if (failures % LOUD_EVERY == 0) {
            LOG.warn(
                    "{} failed and will be tried again; seen {} times in a row",
                    thread.getName(),
                    failures + 1,
                    failure);
        }
    }

    private long afterFailure() {
        failures++;
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
    }

    /** Returns false once closed. After a failure, signals do not shorten the pause. */
    private boolean rest(long millis) {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && nanos > 0 && (!signalled || failures > 0)) {
                nanos = woken.awaitNanos(nanos);
            }
            signalled = false;
            return !closed;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the present turn to end, at most 5 s. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
        join();
    }

    private void join() {
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}

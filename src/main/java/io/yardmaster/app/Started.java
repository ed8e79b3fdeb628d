package io.yardmaster.app;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a command has started, to be stopped in reverse order: at a signal, or when a later start fails. */
final class Started implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Started.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Set before the lock is had, so that a start that fails because the process ends is told from others. */
    private volatile boolean closed;

    /** Whatever ends this process, but for {@code kill -9}, stops the parts first. */
    static Started stoppedWithProcess() {
        Started started = new Started();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "stop"));
        return started;
    }

    /**
     * Starts one part. The lock is held meanwhile, so that a signal during the start waits for its end and then stops
     * this part too.
     */
    synchronized <T extends AutoCloseable> T start(Supplier<T> starting) {
        if (closed) {
            throw new Refused("stopped while starting");
        }
        try {
            T part = starting.get();
            parts.push(part);
            return part;
        } catch (RuntimeException failure) {
            throw closed ? new Refused("stopped while starting", failure) : failure;
        }
    }

    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        closed = true;
        stopAll();
    }

    private synchronized void stopAll() {
        while (!parts.isEmpty()) {
            stop(parts.pop());
        }
        ended.countDown();
    }

    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), failure);
        }
    }
}

package io.yardmaster.database;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Makes the threads of one pool, and knows them, so that their end can be waited for: an executor tells of it too soon. */
final class PoolThreads implements ThreadFactory {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @Override
    public Thread newThread(Runnable work) {
        threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
        Thread thread = new Thread(work, "yardmaster-pool");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Returns when all have ended that were told to, or after two seconds. */
    void join() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (Thread thread : threads) {
            // zero would mean for ever
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }
}

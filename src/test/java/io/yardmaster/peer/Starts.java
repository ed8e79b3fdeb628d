package io.yardmaster.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** When the last job of each burst started. Static, since JobRunr calls nothing else without a container. */
public final class Starts {
    /** Seconds between bursts, by the wall clock. */
    static final int EVERY = 30;

    private static final AtomicLong COUNT = new AtomicLong();
    private static final List<Instant> LAST = new CopyOnWriteArrayList<>();
    private static volatile int jobs = 1;

    private Starts() {}

    /** What came before counts no longer; to be called between two bursts. */
    static void await(int count) {
        jobs = count;
        LAST.clear();
        COUNT.set(0);
    }

    /** The job itself. */
    public static void one() {
        if (COUNT.incrementAndGet() % jobs == 0) {
            LAST.add(Instant.now());
        }
    }

    static int bursts() {
        return LAST.size();
    }

    /** From the instant of the latest whole burst until its last job started; less than {@link #EVERY} seconds. */
    static Duration latest() {
        Instant last = LAST.get(LAST.size() - 1);
        long second = last.getEpochSecond();
        return Duration.between(Instant.ofEpochSecond(second - second % EVERY), last);
    }

    /** From {@code began} until the last job of the first whole burst started. */
    static Duration since(Instant began) {
        return Duration.between(began, LAST.get(0));
    }
}

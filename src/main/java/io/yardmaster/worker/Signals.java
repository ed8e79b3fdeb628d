package io.yardmaster.worker;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What others want of a running attempt, or tell it; taken by its own thread, so that nobody waits for its guardian. */
final class Signals {
    enum Signal {
        /** The lease was extended. */
        RENEWED,
        /** An operator wants it ended. */
        CANCEL,
        /** To be ended in good order, but not reported: it is not the worker's any more. */
        DISMISS,
        /** To be ended at once and not reported. */
        ABANDON,
        /** To be paused or to go on; see {@link #pace}. */
        PACE,
        /** Nothing of it is left. */
        EXITED
    }

    private final AtomicReference<Pace> pace = new AtomicReference<>(Pace.FIRST);
    private final BlockingQueue<Signal> waiting = new LinkedBlockingQueue<>();

    void give(Signal signal) {
        // of these one is as good as many, and they must not pile up behind a guardian that is stopped
        boolean once = signal == Signal.RENEWED || signal == Signal.PACE;
        if (!once || !waiting.contains(signal)) {
            waiting.add(signal);
        }
    }

    /** The servers want it to be paused or to run. @return whether that is news */
    boolean pace(Pace wanted) {
        Pace before = pace.getAndAccumulate(wanted, Pace::orLater);
        give(Signal.PACE);
        return wanted.sequence() > before.sequence();
    }

    /** What they want last. */
    Pace pace() {
        return pace.get();
    }

    /** Null if there is none for so long. */
    Signal await(long millis) throws InterruptedException {
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }
}

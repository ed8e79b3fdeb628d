package io.yardmaster.worker;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

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
        /** Nothing of it is left. */
        EXITED
    }

    private final BlockingQueue<Signal> waiting = new LinkedBlockingQueue<>();

    void give(Signal signal) {
        // renewals are one as good as many, and must not pile up behind a guardian that is stopped
        if (signal != Signal.RENEWED || !waiting.contains(Signal.RENEWED)) {
            waiting.add(signal);
        }
    }

    /** Null if there is none for so long. */
    Signal await(long millis) throws InterruptedException {
        return waiting.poll(millis, TimeUnit.MILLISECONDS);
    }
}

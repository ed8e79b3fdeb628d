package io.yardmaster.worker;

import io.yardmaster.protocol.RunRef;
import io.yardmaster.worker.Signals.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What the worker answers for: what it asked to accept, what runs, what ended and is not acknowledged yet. */
final class Held {
    /** Each keeps its memory. Four, as the servers know, and one that is about to change places with one of them. */
    private static final int MOST_PAUSED_PER_SLOT = 5;

    private final int slots;
    private final Set<RunRef> reserved = new LinkedHashSet<>();
    private final Map<RunRef, Attempt> running = new HashMap<>();
    private final Set<RunRef> paused = new HashSet<>();
    private final Set<RunRef> ended = new LinkedHashSet<>();

    Held(int slots) {
        this.slots = slots;
    }

    /** Takes a free slot for each of {@code offers}, as far as there are any. */
    synchronized Set<RunRef> reserve(List<RunRef> offers) {
        Set<RunRef> taken = new LinkedHashSet<>();
        for (RunRef offer : offers) {
            boolean held = running.containsKey(offer) || ended.contains(offer);
            if (!held && busySlots() < slots && reserved.add(offer)) {
                taken.add(offer);
            }
        }
        return taken;
    }

    synchronized void release(Set<RunRef> offers) {
        reserved.removeAll(offers);
    }

    synchronized void started(Attempt attempt) {
        reserved.remove(attempt.ref());
        running.put(attempt.ref(), attempt);
    }

    /** @param toReport whether the servers are still to be told */
    synchronized void ended(RunRef ref, boolean toReport) {
        running.remove(ref);
        paused.remove(ref);
        if (toReport) {
            ended.add(ref);
        }
        notifyAll();
    }

    /** What an earlier worker left to be reported. */
    synchronized void adopt(Collection<RunRef> unreported) {
        ended.addAll(unreported);
    }

    synchronized void reported(RunRef ref) {
        ended.remove(ref);
        notifyAll();
    }

    synchronized List<RunRef> refs() {
        List<RunRef> all = new ArrayList<>(reserved);
        all.addAll(running.keySet());
        all.addAll(ended);
        return all;
    }

    synchronized int busySlots() {
        return reserved.size() + running.size() - paused.size();
    }

    /** Frees the slot of a running attempt, unless as many are paused as may be. */
    synchronized boolean pause(RunRef ref) {
        return paused.size() < MOST_PAUSED_PER_SLOT * slots && paused.add(ref);
    }

    synchronized void resume(RunRef ref) {
        paused.remove(ref);
    }

    /** @return whether that is news */
    synchronized boolean pace(RunRef ref, Pace pace) {
        Attempt attempt = running.get(ref);
        return attempt != null && attempt.pace(pace);
    }

    synchronized void signal(RunRef ref, Signal signal) {
        Attempt attempt = running.get(ref);
        if (attempt != null) {
            attempt.signal(signal);
        }
    }

    synchronized void signalAll(Signal signal) {
        running.values().forEach(attempt -> attempt.signal(signal));
    }

    /** Whether nothing was running any more within so long. */
    synchronized boolean awaitNoneRunning(long millis) throws InterruptedException {
        return await(millis, running::isEmpty);
    }

    /** Whether nothing was running or about to run any more within so long. */
    synchronized boolean awaitIdle(long millis) throws InterruptedException {
        return await(millis, () -> reserved.isEmpty() && running.isEmpty());
    }

    /** Whether nothing was held any more within so long. */
    synchronized boolean awaitNone(long millis) throws InterruptedException {
        return await(millis, () -> refs().isEmpty());
    }

    private boolean await(long millis, BooleanSupplier reached) throws InterruptedException {
        long limit = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (!reached.getAsBoolean() && left > 0) {
            wait(Math.min(left, 100));
            left = (limit - System.nanoTime()) / 1_000_000;
        }
        return reached.getAsBoolean();
    }
}

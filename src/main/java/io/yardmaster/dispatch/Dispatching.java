package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.RunQueue;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** All of this package for one server, put together. */
public final class Dispatching implements AutoCloseable {
    private final List<Consumer<Set<Long>>> offerListeners = new CopyOnWriteArrayList<>();
    private final DispatchCounts counts = new DispatchCounts();
    private final Dispatcher dispatcher;
    private final TakeBack takeBack;
    private final Leases leases;
    private final Acceptance acceptance;

    public Dispatching(Database database, RunQueue queue, AttemptEnds ends, LeaseTimes times) {
        NodeSessions sessions = new NodeSessions();
        LostRuns lostRuns = new LostRuns(queue, ends);
        LapsedOffers offers = new LapsedOffers(queue, times);
        dispatcher = new Dispatcher(database, times, counts, this::tell);
        takeBack = new TakeBack(database, times, lostRuns, offers, counts, dispatcher::signal);
        leases = new Leases(sessions, new HeldRuns(lostRuns, times, counts), offers, times);
        acceptance = new Acceptance(sessions, counts);
    }

    public void start() {
        dispatcher.start();
        takeBack.start();
    }

    @Override
    public void close() {
        dispatcher.close();
        takeBack.close();
    }

    /** Something may be dispatched now: a run became ready, a slot free. To be called after the commit. */
    public void signal() {
        dispatcher.signal();
    }

    /** @param listener is given the ids of sessions with new offers, on the dispatcher's thread; must be quick */
    public void onOffers(Consumer<Set<Long>> listener) {
        offerListeners.add(listener);
    }

    public Leases leases() {
        return leases;
    }

    public Acceptance acceptance() {
        return acceptance;
    }

    public DispatchCounts counts() {
        return counts;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    TakeBack takeBack() {
        return takeBack;
    }

    private void tell(Set<Long> sessions) {
        offerListeners.forEach(listener -> listener.accept(sessions));
    }
}

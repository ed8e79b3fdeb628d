package io.yardmaster.dispatch;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Database;
import io.yardmaster.database.Notifications;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.RunQueue;

/** All of this package for one server, put together. */
public final class Dispatching implements AutoCloseable {
    private final DispatchCounts counts = new DispatchCounts();
    private final Dispatcher dispatcher;
    private final TakeBack takeBack;
    private final TimeLimits limits;
    private final ConditionTurns conditions;
    private final Leases leases;
    private final Acceptance acceptance;
    private final ForceClose forceClose;
    private final WhyWaiting whyWaiting;
    private final Notifications notifications;
    private Notifications.Subscription ready = () -> {};

    /** @param server what this server is called, for the record of its decisions */
    public Dispatching(Database database, RunQueue queue, AttemptEnds ends, LeaseTimes times, String server) {
        notifications = database.notifications();
        NodeSessions sessions = new NodeSessions();
        LostRuns lostRuns = new LostRuns(queue, ends);
        LapsedOffers offers = new LapsedOffers(queue, times);
        dispatcher = new Dispatcher(
                database,
                new Offering(new Candidates(times), server),
                new Resuming(new Candidates(times)),
                counts,
                () -> notifications.announce(Channel.NODE_NEWS));
        takeBack = new TakeBack(database, times, lostRuns, offers, counts, dispatcher::signal);
        limits = new TimeLimits(database, ends, counts);
        conditions = new ConditionTurns(database);
        leases = new Leases(sessions, new HeldRuns(lostRuns, times, counts), offers, times);
        acceptance = new Acceptance(sessions, counts);
        forceClose = new ForceClose(ends, times);
        whyWaiting = new WhyWaiting(new Candidates(times));
    }

    public void start() {
        ready = notifications.listen(Channel.RUNS_READY, dispatcher::signal);
        dispatcher.start();
        takeBack.start();
        limits.start();
        conditions.start();
    }

    @Override
    public void close() {
        ready.close();
        dispatcher.close();
        takeBack.close();
        limits.close();
        conditions.close();
    }

    /** Something may be dispatched now: a run became ready, a slot free. To be called after the commit. */
    public void signal() {
        dispatcher.signal();
    }

    public Leases leases() {
        return leases;
    }

    public Acceptance acceptance() {
        return acceptance;
    }

    public ForceClose forceClose() {
        return forceClose;
    }

    public WhyWaiting whyWaiting() {
        return whyWaiting;
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
}

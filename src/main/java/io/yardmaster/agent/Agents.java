package io.yardmaster.agent;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Database;
import io.yardmaster.database.Notifications;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.node.Nodes;
import io.yardmaster.output.OutputStore;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.security.NodeCredentials;
import java.time.Duration;
import java.util.List;

/** The server's side of the protocol, put together. */
public final class Agents implements AutoCloseable {
    private static final Duration LOOK_FOR_NEWS_EVERY = Duration.ofMillis(200);

    private final PollDesk desk;
    private final Notifications notifications;
    private final NodeCredentials credentials;
    private final List<Object> resources;
    private Notifications.Subscription news = () -> {};

    /** @param timing told to every worker; must be what {@code dispatching} takes back by */
    public Agents(Database database, Dispatching dispatching, AttemptEnds ends, Timing timing) {
        this(database, dispatching, ends, timing, LOOK_FOR_NEWS_EVERY);
    }

    /** @param lookEvery how often open polls look for what nobody hinted at */
    Agents(Database database, Dispatching dispatching, AttemptEnds ends, Timing timing, Duration lookEvery) {
        Nodes nodes = new Nodes();
        notifications = database.notifications();
        desk = new PollDesk(database, System::nanoTime, lookEvery);
        credentials = new NodeAuthentication(database, nodes);
        resources = List.of(
                new JoinResource(database, nodes),
                new SessionResource(database, dispatching, timing),
                new PollResource(database, dispatching, desk),
                new RunResource(database, dispatching, new Reports(database, dispatching, ends)),
                new PauseResource(database, dispatching),
                new OutputResource(database, new OutputStore()));
    }

    public void start() {
        news = notifications.listen(Channel.NODE_NEWS, desk::signal);
        desk.start();
    }

    /** Answers every open poll. */
    @Override
    public void close() {
        news.close();
        desk.close();
    }

    /** Knows workers by their credentials. */
    public NodeCredentials credentials() {
        return credentials;
    }

    /** JAX-RS resources below {@code /agent/v1}. The servlet and its filters must support asynchronous requests. */
    public List<Object> resources() {
        return resources;
    }

    /** How many polls are open at this server. */
    public int openPolls() {
        return desk.size();
    }
}

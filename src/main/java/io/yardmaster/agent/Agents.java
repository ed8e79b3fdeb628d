package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.node.Nodes;
import io.yardmaster.output.OutputStore;
import io.yardmaster.protocol.Timing;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.security.NodeCredentials;
import java.util.List;

/** The server's side of the protocol, put together. */
public final class Agents implements AutoCloseable {
    private final PollDesk desk;
    private final NodeCredentials credentials;
    private final List<Object> resources;

    /** @param timing told to every worker; must be what {@code dispatching} takes back by */
    public Agents(Database database, Dispatching dispatching, AttemptEnds ends, Timing timing) {
        Nodes nodes = new Nodes();
        desk = new PollDesk(database, System::nanoTime);
        dispatching.onOffers(sessions -> desk.signal());
        credentials = new NodeAuthentication(database, nodes);
        resources = List.of(
                new JoinResource(database, nodes),
                new SessionResource(database, dispatching, timing),
                new PollResource(database, dispatching, desk),
                new RunResource(database, dispatching, new Reports(database, dispatching, ends)),
                new OutputResource(database, new OutputStore()));
    }

    public void start() {
        desk.start();
    }

    /** Answers every open poll. */
    @Override
    public void close() {
        desk.close();
    }

    /** Something may have to be told to a worker: a cancel was asked for, or another server hinted. */
    public void signal() {
        desk.signal();
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

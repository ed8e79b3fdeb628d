package io.yardmaster.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.Newcomer;
import io.yardmaster.dispatch.RunEpoch;
import io.yardmaster.node.NodeSession;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.node.NodeTerms;
import io.yardmaster.protocol.Heartbeat;
import io.yardmaster.protocol.HeartbeatAnswer;
import io.yardmaster.protocol.Load;
import io.yardmaster.protocol.SessionAnswer;
import io.yardmaster.protocol.SessionRequest;
import io.yardmaster.protocol.Timing;
import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeOnly;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The life of a session: register, heartbeat, take leave. */
@Path("/agent/v1/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_WORD = 100;
    private static final int LONGEST_HOST = 255;
    private static final int MOST_SLOTS = 10_000;
    /** What a worker of the most slots can hold: one running and as many that wait for their acknowledgement. */
    private static final int MOST_HELD = 100_000;

    private final Database database;
    private final Dispatching dispatching;
    private final Timing timing;

    SessionResource(Database database, Dispatching dispatching, Timing timing) {
        this.database = database;
        this.dispatching = dispatching;
        this.timing = timing;
    }

    @POST
    @NodeOnly
    public SessionAnswer register(
            SessionRequest request, @Context NodeCaller caller, @Context HttpServletRequest from) {
        Newcomer newcomer = newcomer(request, caller.node(), from.getRemoteAddr());
        long session =
                database.inTransaction(transaction -> dispatching.leases().register(transaction, newcomer));
        dispatching.signal();
        return new SessionAnswer(Long.toString(session), timing);
    }

    @POST
    @Path("{session: [0-9]{1,18}}/heartbeat")
    @NodeOnly
    public HeartbeatAnswer beat(Heartbeat heartbeat, @PathParam("session") long session, @Context NodeCaller caller) {
        List<RunEpoch> held = Refs.read("held", heartbeat.held(), MOST_HELD);
        NodeSessions.Beat beat =
                new NodeSessions.Beat(heartbeat.draining(), heartbeat.clockMillis(), json(heartbeat.load()));
        List<RunEpoch> kill = database.inTransaction(transaction -> dispatching
                .leases()
                .beat(transaction, session, caller.node(), beat, held)
                .orElseThrow(() -> new SessionGone(session)));
        return new HeartbeatAnswer(kill.stream().map(Refs::toWire).toList());
    }

    @DELETE
    @Path("{session: [0-9]{1,18}}")
    @NodeOnly
    public void end(@PathParam("session") long session, @Context NodeCaller caller) {
        database.useTransaction(transaction -> dispatching.leases().end(transaction, session, caller.node()));
        dispatching.signal();
    }

    private static Newcomer newcomer(SessionRequest request, long node, String address) {
        Invalid.Problems problems = new Invalid.Problems();
        Checks.text(problems, "bootId", request.bootId(), LONGEST_WORD);
        Checks.text(problems, "host", request.host(), LONGEST_HOST);
        Checks.text(problems, "workerVersion", request.workerVersion(), LONGEST_WORD);
        problems.check(
                "PID_NAMESPACE".equals(request.containment()) || "PROCESS_GROUP".equals(request.containment()),
                "containment",
                request.containment(),
                "invalid.choice",
                "PID_NAMESPACE, PROCESS_GROUP");
        problems.check(
                request.slots() >= 1 && request.slots() <= MOST_SLOTS,
                "slots",
                request.slots(),
                "invalid.from-to",
                1,
                MOST_SLOTS);
        NodeTerms.checkLabels(request.labels(), problems);
        problems.throwIfAny();
        return new Newcomer(
                node,
                request.registration(),
                request.slots(),
                new NodeSession.Machine(
                        request.bootId(),
                        request.host(),
                        address,
                        request.workerVersion(),
                        request.containment(),
                        request.labels()),
                request.clockMillis(),
                new Newcomer.Past(
                        request.endsSession() == null ? null : Checks.id("endsSession", request.endsSession()),
                        Refs.read("ended", request.ended(), MOST_HELD)));
    }

    private static String json(Load load) {
        if (load == null) {
            throw new Invalid("load", null, "invalid.absent");
        }
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(load.cpu() >= 0 && load.cpu() <= 1, "load.cpu", load.cpu(), "invalid.from-to", 0, 1);
        Checks.range(problems, "load.memoryUsed", load.memoryUsed(), Long.MAX_VALUE);
        Checks.range(problems, "load.memoryTotal", load.memoryTotal(), Long.MAX_VALUE);
        Checks.range(problems, "load.diskFree", load.diskFree(), Long.MAX_VALUE);
        Checks.range(problems, "load.diskTotal", load.diskTotal(), Long.MAX_VALUE);
        Checks.range(problems, "load.busySlots", load.busySlots(), Integer.MAX_VALUE);
        problems.throwIfAny();
        try {
            return JSON.writeValueAsString(load);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

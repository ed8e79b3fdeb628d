package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.dispatch.AcceptedRun;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.RunEpoch;
import io.yardmaster.protocol.AcceptAnswer;
import io.yardmaster.protocol.AcceptRequest;
import io.yardmaster.protocol.Assignment;
import io.yardmaster.protocol.ReportRequest;
import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeOnly;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What a worker does with runs: accept their offers, report their ends. */
@Path("/agent/v1/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class RunResource {
    private static final int MOST_OFFERS = 1000;
    private static final long MILLIS = 1000;

    private final Database database;
    private final Dispatching dispatching;
    private final Reports reports;

    RunResource(Database database, Dispatching dispatching, Reports reports) {
        this.database = database;
        this.dispatching = dispatching;
        this.reports = reports;
    }

    @POST
    @Path("{session: [0-9]{1,18}}/accept")
    @NodeOnly
    public AcceptAnswer accept(AcceptRequest request, @PathParam("session") long session, @Context NodeCaller caller) {
        List<RunEpoch> offers = Refs.read("runs", request.runs(), MOST_OFFERS);
        List<AcceptedRun> accepted = database.inTransaction(transaction -> dispatching
                .acceptance()
                .accept(transaction, session, caller.node(), offers)
                .orElseThrow(() -> new SessionGone(session)));
        return new AcceptAnswer(accepted.stream().map(RunResource::assignment).toList());
    }

    /** The session in the address is not asked about: what ended has ended, whatever became of the session. */
    @POST
    @Path("{session: [0-9]{1,18}}/reports")
    @NodeOnly
    public void report(ReportRequest request, @Context NodeCaller caller) {
        reports.take(caller.node(), request.reports());
    }

    private static Assignment assignment(AcceptedRun run) {
        Long timeout = run.definition().timeout();
        return new Assignment(
                Refs.toWire(run.ref()),
                run.namespace(),
                run.job(),
                run.attempt(),
                run.nominalAt() == null ? null : run.nominalAt().toString(),
                run.definition().task(),
                run.parameters(),
                timeout == null ? 0 : Math.multiplyExact(timeout, MILLIS),
                run.definition().outputLimit(),
                run.tokens());
    }
}

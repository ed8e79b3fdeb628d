package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.dispatch.Dispatching;
import io.yardmaster.dispatch.PauseAnswers;
import io.yardmaster.dispatch.PauseAnswers.Outcome;
import io.yardmaster.dispatch.PauseAnswers.PauseAnswer;
import io.yardmaster.protocol.PauseReport;
import io.yardmaster.protocol.PauseRequest;
import io.yardmaster.security.NodeCaller;
import io.yardmaster.security.NodeOnly;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;

/** What came of pauses. */
@Path("/agent/v1/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class PauseResource {
    private static final int MOST = 500;
    private static final long LONGEST = Duration.ofDays(3650).toMillis();

    private final Database database;
    private final Dispatching dispatching;

    PauseResource(Database database, Dispatching dispatching) {
        this.database = database;
        this.dispatching = dispatching;
    }

    /** The session in the address is not asked about: the epoch tells whose attempt it is. */
    @POST
    @Path("{session: [0-9]{1,18}}/pauses")
    @NodeOnly
    public void take(PauseRequest request, @Context NodeCaller caller) {
        Checks.size("pauses", request.pauses(), MOST);
        List<PauseAnswer> answers =
                request.pauses().stream().map(PauseResource::answer).toList();
        database.inTransaction(transaction -> PauseAnswers.take(transaction, caller.node(), answers));
        dispatching.signal();
    }

    private static PauseAnswer answer(PauseReport report) {
        if (report == null) {
            throw new Invalid("pauses", null, "invalid.null-element");
        }
        Invalid.Problems problems = new Invalid.Problems();
        problems.check(report.outcome() != null, "pauses.outcome", null, "invalid.absent");
        Checks.range(problems, "pauses.sequence", report.sequence(), Integer.MAX_VALUE - 1);
        Checks.range(problems, "pauses.ranMillis", report.ranMillis(), LONGEST);
        problems.throwIfAny();
        return new PauseAnswer(
                Refs.read("pauses.ref", report.ref()),
                report.sequence(),
                Outcome.valueOf(report.outcome().name()),
                report.ranMillis());
    }
}

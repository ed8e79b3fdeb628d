package io.yardmaster.agent;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Transaction;
import io.yardmaster.node.Nodes;
import io.yardmaster.protocol.JoinAnswer;
import io.yardmaster.protocol.JoinRequest;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.OpenToAll;
import io.yardmaster.security.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** A worker's first contact: a one-time code for an identity. */
@Path("/agent/v1/join")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JoinResource {
    private static final int LONGEST_CODE = 200;
    private static final int LONGEST_HOST = 255;

    private final Database database;
    private final Nodes nodes;

    JoinResource(Database database, Nodes nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    @POST
    @OpenToAll
    public JoinAnswer join(JoinRequest request, @Context HttpServletRequest from) {
        Invalid.Problems problems = new Invalid.Problems();
        Checks.text(problems, "code", request.code(), LONGEST_CODE);
        Checks.text(problems, "host", request.host(), LONGEST_HOST);
        problems.throwIfAny();
        Nodes.Joined joined = database.inTransaction(transaction -> join(transaction, request, from.getRemoteAddr()));
        return new JoinAnswer(Long.toString(joined.node()), joined.credential().token());
    }

    /** A name that is taken, or of the wrong form, does not use the code up. */
    private Nodes.Joined join(Transaction transaction, JoinRequest request, String address) {
        if (!OneTimeCodes.redeem(transaction, Purpose.JOIN, request.code(), "node:" + request.name())) {
            throw new ForbiddenException("the join code is unknown, was used, or has expired;"
                    + " make a new one with \"yardmaster node join-code\" or on the page of nodes");
        }
        return nodes.join(transaction, new Nodes.Joining(request.name(), request.slots(), request.host(), address));
    }
}

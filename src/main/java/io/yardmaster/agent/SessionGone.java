package io.yardmaster.agent;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;

/** The session is not live, or not this node's: the worker kills everything it holds and registers anew. */
final class SessionGone extends ClientErrorException {
    private static final long serialVersionUID = 1L;

    SessionGone(long session) {
        super("session " + session + " is over: kill what it holds and register anew", Response.Status.GONE);
    }
}

package io.yardmaster.protocol;

import java.io.IOException;

/** A message that was not answered as hoped; the message is one line for people. */
public final class AgentFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** What the worker can do about it. */
    public enum Kind {
        /** No answer, or a server that is not ready: ask again, another server if there is one. */
        UNREACHABLE,
        /** 401: the node is unknown or was revoked; asking again does not help. */
        UNKNOWN_NODE,
        /** 409: an older session of this node is still live; ask again later. */
        SESSION_LIVE,
        /** 410: the session is no longer live; kill what is held and register anew. */
        SESSION_GONE,
        /**
         * 400, 413, 422, in a server's own words: it understood and will not have it; asking again does not help. A
         * container that is just deploying the server, or a proxy before it, answers in words of its own.
         */
        REFUSED,
        /** Any other 4xx of a server: what is wrong is not the message but its way, and somebody has to mend that. */
        TURNED_AWAY
    }

    private final Kind kind;

    AgentFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** @param byServer whether a server answered, not something in its place */
    static AgentFailure answered(int status, boolean byServer, String said) {
        return new AgentFailure(kindOf(status, byServer), said + " (HTTP " + status + ")", null);
    }

    private static Kind kindOf(int status, boolean byServer) {
        return switch (status) {
            case 401 -> Kind.UNKNOWN_NODE;
            case 409 -> Kind.SESSION_LIVE;
            case 410 -> Kind.SESSION_GONE;
            case 408, 425, 429 -> Kind.UNREACHABLE;
            // too large for a proxy, as it will be next time
            case 413 -> Kind.REFUSED;
            case 400, 422 -> byServer ? Kind.REFUSED : Kind.UNREACHABLE;
            default -> byServer && status / 100 == 4 ? Kind.TURNED_AWAY : Kind.UNREACHABLE;
        };
    }
}

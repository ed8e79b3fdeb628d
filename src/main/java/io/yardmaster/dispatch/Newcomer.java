package io.yardmaster.dispatch;

import io.yardmaster.node.NodeSession;
import java.util.List;
import java.util.UUID;

/**
 * A worker's process that wants a session.
 *
 * @param node whose credential it has
 * @param registration the same whenever it asks for this session again; null if it does not say
 * @param slots runs at a time that it can have
 * @param clockMillis its wall clock, milliseconds since 1970
 * @param past what it knows of the session before
 */
public record Newcomer(
        long node, UUID registration, int slots, NodeSession.Machine machine, long clockMillis, Past past) {
    /**
     * @param session none of whose processes is left; null if there is none, or the newcomer does not know
     * @param ended attempts of that session whose ends are still to be reported: they pass to the new session
     */
    public record Past(Long session, List<RunEpoch> ended) {}
}

package io.yardmaster.dispatch;

import io.yardmaster.node.NodeSession;
import java.util.List;

/**
 * A worker's process that has just started and wants a session.
 *
 * @param node whose credential it has
 * @param slots runs at a time that it can have
 * @param clockMillis its wall clock, milliseconds since 1970
 * @param endsSession the session before, none of whose processes is left; null if it does not know
 * @param ended attempts of that session whose ends are still to be reported: they pass to the new session
 */
public record Newcomer(
        long node, int slots, NodeSession.Machine machine, long clockMillis, Long endsSession, List<RunEpoch> ended) {}

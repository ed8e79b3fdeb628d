package io.yardmaster.dispatch;

import io.yardmaster.node.NodeLoad;
import java.util.Set;

/**
 * A node that may be given runs.
 *
 * @param session its live session
 * @param node id
 * @param weight its share beside others, at least 1
 * @param load as its last heartbeat told
 */
public record Candidate(long session, long node, int weight, Room room, NodeLoad load, Set<String> labels) {
    /**
     * How full it is.
     *
     * @param slots that it may fill
     * @param busy slots in use, counted from the runs' rows
     * @param work predicted seconds that the slots in use will still be, added up
     */
    public record Room(int slots, int busy, double work) {}

    public int free() {
        return Math.max(0, room.slots() - room.busy());
    }
}

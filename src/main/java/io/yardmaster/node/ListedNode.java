package io.yardmaster.node;

/**
 * A node as it stands, for people to look at.
 *
 * @param slots how many runs it may have at a time
 * @param revoked whether its credential was taken away
 * @param session its latest life, live or over; null if it never had one
 * @param load as its last heartbeat told; null if it never had a session
 * @param busy runs that are offered to it or run on it now, counted from their rows
 */
public record ListedNode(
        long id,
        String name,
        String description,
        NodeState state,
        int slots,
        int weight,
        boolean revoked,
        int version,
        NodeSession session,
        NodeLoad load,
        int busy) {
    public boolean isLive() {
        return session != null && session.state() == SessionState.LIVE;
    }

    /** How many runs it can and may have at a time. */
    public int usableSlots() {
        return session == null ? slots : Math.min(slots, session.slots());
    }
}

package io.yardmaster.node;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A node as it stands, for people to look at.
 *
 * @param slots how many runs it may have at a time
 * @param revoked whether its credential was taken away
 * @param session its latest life, live or over; null if it never had one
 * @param load as its last heartbeat told; null if it never had a session
 * @param busy slots in use by runs that are offered to it or run on it, counted from their rows
 * @param emptyBy when the last of its runs is predicted to be over, if it gets no more; null if it may, if it has none,
 *     or if nobody can predict one of them
 * @param usableSlots how many slots it can and may fill now
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
        int busy,
        int usableSlots,
        NodeTerms terms,
        Instant emptyBy) {
    public boolean isLive() {
        return session != null && session.state() == SessionState.LIVE;
    }

    /** All that selectors are matched with. */
    public Set<String> labels() {
        return Labels.of(
                name,
                terms.labels(),
                session == null ? List.of() : session.machine().labels());
    }

    /** What it is too short of to get runs; null if of nothing. */
    public NodeTerms.Resource overloaded() {
        return isLive() ? terms.exceededBy(load) : null;
    }

    /** Whether it finishes what it has and gets nothing new. */
    public boolean isEmptying() {
        return isLive() && (state != NodeState.ACTIVE || session.draining());
    }

    /** Whether it has not yet been given all its slots since it started. */
    public boolean isWarmingUp() {
        return isLive() && usableSlots < Math.min(slots, session.slots());
    }
}

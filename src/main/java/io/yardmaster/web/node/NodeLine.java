package io.yardmaster.web.node;

import io.yardmaster.node.ListedNode;
import io.yardmaster.node.NodeLoad;
import io.yardmaster.node.NodeSession;
import io.yardmaster.node.NodeState;
import java.time.Duration;
import java.time.Instant;

/**
 * A node as the console shows it.
 *
 * @param heardAt when its last heartbeat came; null if none ever did
 */
public record NodeLine(ListedNode node, Instant heardAt) {
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

    /** Whether its worker is heard of. */
    public enum Presence {
        ONLINE,
        /** Its worker is being stopped and takes nothing new. */
        LEAVING,
        /** Silent beyond its lease: its runs are taken back. */
        LOST,
        /** Its worker took leave. */
        OFFLINE,
        /** It joined and its worker has never begun a session. */
        NEVER
    }

    /** @param lease how long a heartbeat lasts: the last one was that long before the lease's end */
    public static NodeLine of(ListedNode node, Duration lease) {
        NodeSession session = node.session();
        if (session == null) {
            return new NodeLine(node, null);
        }
        Instant heard = session.leaseUntil().minus(lease);
        return new NodeLine(node, heard.isBefore(session.startedAt()) ? session.startedAt() : heard);
    }

    public Presence presence() {
        NodeSession session = node.session();
        if (session == null) {
            return Presence.NEVER;
        }
        return switch (session.state()) {
            case LIVE -> session.draining() ? Presence.LEAVING : Presence.ONLINE;
            case LOST -> Presence.LOST;
            case ENDED -> Presence.OFFLINE;
        };
    }

    /** Whether dispatch may offer it a run at all. */
    public boolean takesRuns() {
        return presence() == Presence.ONLINE && node.state() == NodeState.ACTIVE && !node.revoked();
    }

    /** Whether its wall clock is so far off that one should know. */
    public boolean isClockOff() {
        Long offset = node.session() == null ? null : node.session().clockOffsetMillis();
        return offset != null && Math.abs(offset) > CLOCK_TOLERANCE.toMillis();
    }

    public int slotsPercent() {
        return percent(node.busy(), node.usableSlots());
    }

    public int cpuPercent() {
        return percent(node.load().cpu(), 1);
    }

    public int memoryPercent() {
        return percent((double) node.load().memoryUsed(), (double) node.load().memoryTotal());
    }

    /** Of what is used, not of what is free. */
    public int diskPercent() {
        NodeLoad load = node.load();
        return percent((double) load.diskTotal() - load.diskFree(), (double) load.diskTotal());
    }

    /** Whether there is a load to show: it is live and a heartbeat has told. */
    public boolean hasLoad() {
        return node.isLive() && node.load().memoryTotal() > 0;
    }

    private static int percent(double part, double whole) {
        return whole <= 0 ? 0 : (int) Math.max(0, Math.min(100, Math.round(100 * part / whole)));
    }
}

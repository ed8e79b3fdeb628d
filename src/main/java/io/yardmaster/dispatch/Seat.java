package io.yardmaster.dispatch;

/** A candidate as it fills up in the course of one batch. */
final class Seat {
    private final Candidate node;
    private final int place;
    private int given;
    private double work;
    private long owed;
    private boolean reserved;

    /** @param place among the candidates by ascending node id, from 0 */
    Seat(Candidate node, int place, long owed) {
        this.node = node;
        this.place = place;
        this.owed = owed;
        this.work = node.room().work();
    }

    Candidate node() {
        return node;
    }

    int place() {
        return place;
    }

    /** Slots in use. */
    int used() {
        return node.room().busy() + given;
    }

    int left() {
        return reserved ? 0 : node.room().slots() - used();
    }

    double workPerSlot() {
        return work / node.room().slots();
    }

    /**
     * How much of its scarcest resource is left, 0 to 1. The load is as old as the last heartbeat, so each run of this
     * batch is presumed to take the same part of it.
     */
    double headroom() {
        return node.load().headroom() * left() / node.free();
    }

    /** How much of its share it is owed. */
    long owed() {
        return owed;
    }

    void owe(long more) {
        owed += more;
    }

    /** Keeps what is free, and what becomes free, for a run that needs more than there is. */
    void reserve() {
        reserved = true;
    }

    boolean isReserved() {
        return reserved;
    }

    void take(ReadyRun run) {
        given += run.need().slots();
        work += run.work();
    }
}

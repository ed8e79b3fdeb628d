package io.yardmaster.dispatch;

/**
 * A queue about to be served.
 *
 * @param queue id
 * @param weight 1 to 1,000
 * @param ready whether it has runs to give out
 * @param paused whether it has paused runs
 * @param untagged whether runs of it have no fair place yet, or the places want mending
 * @param turn what it has had, in slots divided by weight, times a million
 */
record QueueTurn(long queue, int weight, boolean ready, boolean paused, boolean untagged, long turn) {
    /** What one slot adds to the turn of a queue of weight 1. */
    private static final long SLOT = 1_000_000;

    /** Whether it has anything to serve. */
    boolean waits() {
        return ready || paused;
    }

    /** Where it stands once runs of so many slots were given out. */
    QueueTurn after(int slots) {
        return new QueueTurn(queue, weight, ready, paused, untagged, turn + slots * SLOT / weight);
    }
}

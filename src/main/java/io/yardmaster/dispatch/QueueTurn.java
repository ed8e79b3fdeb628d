package io.yardmaster.dispatch;

/**
 * A queue about to be served.
 *
 * @param queue id
 * @param weight 1 to 1,000
 * @param ready whether it has runs to give out
 * @param paused whether it has paused runs
 * @param turn what it has had, in slots divided by weight, times a million
 */
record QueueTurn(long queue, int weight, boolean ready, boolean paused, long turn) {
    /** What one slot adds to the turn of a queue of weight 1. */
    private static final long SLOT = 1_000_000;

    /** Where it stands once runs of so many slots were given out. */
    QueueTurn after(int slots) {
        return new QueueTurn(queue, weight, ready, paused, turn + slots * SLOT / weight);
    }
}

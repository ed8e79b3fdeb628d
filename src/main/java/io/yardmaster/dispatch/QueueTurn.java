package io.yardmaster.dispatch;

/**
 * A queue with ready runs, about to be served.
 *
 * @param queue id
 * @param weight 1 to 1,000
 * @param turn what it has had, in runs divided by weight, times a million
 */
record QueueTurn(long queue, int weight, long turn) {}

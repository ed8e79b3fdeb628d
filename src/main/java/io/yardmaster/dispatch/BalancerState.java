package io.yardmaster.dispatch;

/**
 * What a balancer remembers between batches of one queue.
 *
 * @param cursor id of the node chosen last; 0 before the first
 */
public record BalancerState(long cursor) {}

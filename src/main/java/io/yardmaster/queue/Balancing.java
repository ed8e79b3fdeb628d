package io.yardmaster.queue;

/** How a queue's runs are spread over the nodes that have room for them. */
public enum Balancing {
    /** The nodes in turn. */
    ROUND_ROBIN,
    /** The node with the fewest slots in use. */
    LEAST_CONNECTIONS,
    /** The nodes in turn, each as often as its weight says, without bursts. */
    WEIGHTED_ROUND_ROBIN,
    /** The node with the least predicted work left per slot. */
    MIN_REMAINING_TIME,
    /** The node with the most of its scarcest resource left: processors, memory or disk. */
    RESOURCE_AWARE,
    /** Of two nodes drawn for the run, the one with the fewer slots in use. */
    POWER_OF_TWO,
    /** The same node for the same job, for as long as it has room. */
    STICKY
}

package io.yardmaster.node;

/** What an operator wants of a node. */
public enum NodeState {
    /** Gets runs. */
    ACTIVE,
    /** Finishes what it has and gets nothing new. */
    DRAINING,
    /** Gets nothing; somebody works on the machine. */
    MAINTENANCE
}

package io.yardmaster.job;

/** What happens to a run whose node was lost, so that nobody knows how far its task had come. */
public enum Delivery {
    /** The task is started again: it must bear being done twice. */
    AT_LEAST_ONCE,
    /** The run ends as UNKNOWN and is never repeated by itself. */
    AT_MOST_ONCE
}

package io.yardmaster.queue;

/**
 * In which order the runs of a queue are dispatched. Each is one way to compute a run's order key (SQL function
 * {@code order_key}) at the moment it becomes ready; the dispatcher always takes the lowest key.
 */
public enum OrderPolicy {
    /** First come, first served: no run is overtaken by one that became ready later. */
    FCFS
}

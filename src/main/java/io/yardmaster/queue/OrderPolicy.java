package io.yardmaster.queue;

/**
 * In which order the runs of a queue are dispatched. Each is one way to compute a run's order key (SQL function
 * {@code order_key}) at the moment it becomes ready; the dispatcher always takes the lowest key, ties by id. What a run that
 * waits may be overtaken by is bounded as said at each.
 */
public enum OrderPolicy {
    /** First come, first served: no run is overtaken by one that became ready later. */
    FCFS,

    /**
     * Shortest job first. The key is the ready time plus slowdown × predicted duration, so that a run is overtaken only by
     * what becomes ready within slowdown × its own predicted duration after it. What nobody can predict yet, since its job
     * never succeeded, is taken to last a minute.
     */
    SJF,

    /**
     * Higher priority first. The key is the ready time less priority × ageing, so that a run whose priority is higher by d
     * overtakes only what became ready at most d × ageing before it: whoever waits long enough comes next. Strict: it
     * overtakes all of lower priority however long they wait, which may be for ever.
     */
    PRIORITY,

    /**
     * In turn, by slices of time. The key is the ready time, then the instant at which the run's slice ended: each waiting
     * run has a slice before any run has two more.
     */
    ROUND_ROBIN,

    /**
     * Each share, all runs of a namespace or of a job, has as much slot time as any other that waits. The key is a start tag:
     * where the share stands, in predicted slot time that it has had, or how far the queue is if that is more. From when a
     * run becomes ready until it is dispatched, every other share is given at most the slot time of what its own share has
     * before it, of one run more of its own share, and of one run more of the other: however much that share has waiting.
     */
    FAIR,

    /**
     * Earliest deadline first. The key is the run's deadline, else its ready time plus the queue's standard: a run is
     * overtaken only by what has the earlier deadline.
     */
    DEADLINE
}

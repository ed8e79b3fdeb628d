package io.yardmaster.queue;

import java.util.Objects;

/**
 * The figures of a queue that operators change.
 *
 * @param maxRunning how many of its runs may be on nodes at a time; null for as many as there are slots
 * @param maxWaiting how many may wait, beyond which none is born into it; null for any number
 * @param weight its share of the free slots beside other queues, 1 to 1,000; 1 if absent
 */
public record QueueLimits(Integer maxRunning, Integer maxWaiting, Integer weight) {
    public static final QueueLimits NONE = new QueueLimits(null, null, null);

    public QueueLimits {
        weight = Objects.requireNonNullElse(weight, 1);
    }
}

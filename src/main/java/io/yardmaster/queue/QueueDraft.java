package io.yardmaster.queue;

import java.util.Objects;

/**
 * What somebody wants a queue to be.
 *
 * @param namespace whose queue it is
 * @param name unique in its namespace among the queues that are not archived
 * @param description for people; may be empty
 * @param order in what order its runs are served; first come, first served if absent
 * @param balancer how a node is chosen for each; {@code ROUND_ROBIN} if absent
 * @param shadow what is recorded of how another balancer would choose; null for none
 * @param limits how many of its runs may run and wait, and its weight; none and 1 if absent
 */
public record QueueDraft(
        String namespace,
        String name,
        String description,
        QueueOrder order,
        String balancer,
        String shadow,
        QueueLimits limits) {
    public QueueDraft {
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        description = Objects.requireNonNullElse(description, "");
        order = Objects.requireNonNullElse(order, QueueOrder.FCFS);
        balancer = Objects.requireNonNullElse(balancer, "ROUND_ROBIN");
        limits = Objects.requireNonNullElse(limits, QueueLimits.NONE);
    }
}

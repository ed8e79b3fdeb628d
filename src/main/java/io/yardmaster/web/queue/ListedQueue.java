package io.yardmaster.web.queue;

import io.yardmaster.database.Said;
import io.yardmaster.web.form.Amounts;
import java.time.Instant;

/**
 * A queue and what goes on in it now.
 *
 * @param slowdown and the three after it: what the policy is computed by; null where it is not
 * @param shadow null if no other balancer is tried beside
 * @param maxRunning null for as many as there are slots
 * @param maxWaiting null for any number
 * @param pausedAt null unless it is paused
 * @param waiting runs that are ready, and wait for nothing but a slot
 * @param blocked runs that wait for something of their own, or are held
 * @param running runs that are on a node, and not paused there
 * @param stopped runs that are paused on a node
 * @param jobs how many name it
 * @param oldestReadyAt since when the one that waits longest is ready; null if none waits
 */
public record ListedQueue(
        long id,
        String namespace,
        String name,
        String description,
        String policy,
        Integer slowdown,
        Long ageingSeconds,
        Long standardDeadlineSeconds,
        Integer quantumSeconds,
        String fairBy,
        String balancer,
        String shadow,
        Integer maxRunning,
        Integer maxWaiting,
        int weight,
        Instant pausedAt,
        int version,
        long waiting,
        long blocked,
        long running,
        long stopped,
        long jobs,
        Instant oldestReadyAt) {
    private static final int HUNDRED = 100;

    public boolean paused() {
        return pausedAt != null;
    }

    /** By what its order is computed; null if by nothing. */
    public Said orderedBy() {
        return switch (policy) {
            case "SJF" -> Said.of("queue.by.slowdown", slowdown);
            case "PRIORITY" ->
                ageingSeconds == null
                        ? Said.of("queue.by.strict")
                        : Said.of("queue.by.ageing", Amounts.ofSeconds(ageingSeconds));
            case "DEADLINE" -> Said.of("queue.by.deadline", Amounts.ofSeconds(standardDeadlineSeconds));
            case "ROUND_ROBIN" ->
                Said.of(
                        "queue.by.quantum",
                        Amounts.ofSeconds(quantumSeconds == null ? 10L : quantumSeconds.longValue()));
            case "FAIR" -> Said.of("queue.by." + fairBy);
            default -> null;
        };
    }

    /** Whether what is started now is refused, and what its schedules make is skipped. */
    public boolean isFull() {
        return maxWaiting != null && waiting + blocked >= maxWaiting;
    }

    /** How much of its limit is in use, 0 to 100; null without a limit. */
    public Integer fill() {
        return maxRunning == null ? null : (int) Math.min(HUNDRED, running * HUNDRED / maxRunning);
    }
}

package io.yardmaster.lock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * When waiters of one lock will probably have it, if all last as long as predicted, nobody overtakes, and nothing but this lock keeps
 * them. A pure function.
 */
public final class LockForecast {
    private LockForecast() {}

    /** @param seconds that it will still have the lock, or have it once it does; infinite if nobody knows */
    public record Use(int units, double seconds) {}

    /**
     * In how many seconds each waiter has it; infinite if nobody knows.
     *
     * @param waiters in their order
     */
    public static List<Double> of(int capacity, List<Use> holders, List<Use> waiters) {
        PriorityQueue<Use> ends = new PriorityQueue<>(Comparator.comparingDouble(Use::seconds));
        ends.addAll(holders);
        long free = capacity - holders.stream().mapToLong(Use::units).sum();
        double now = 0;
        List<Double> starts = new ArrayList<>();
        for (Use waiter : waiters) {
            while (free < waiter.units() && !ends.isEmpty()) {
                Use ended = ends.poll();
                now = Math.max(now, ended.seconds());
                free += ended.units();
            }
            // what needs more than there is waits for ever
            now = free < waiter.units() ? Double.POSITIVE_INFINITY : now;
            free -= waiter.units();
            ends.add(new Use(waiter.units(), now + waiter.seconds()));
            starts.add(now);
        }
        return starts;
    }
}

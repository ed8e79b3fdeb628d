package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The slots of the nodes that take runs, and when each is predicted to be free.
 *
 * @param busyLanes those in use
 * @param share of all that is the queue's while others have ready runs, too
 */
record Lanes(int slots, List<Busy> busyLanes, double share) {
    /** Index {@code run_on_session}. What has run longer than was predicted is taken to end at any moment. */
    private static final String BUSY = """
            SELECT queue_id = :queue AS own,
                   CASE WHEN predicted_seconds IS NULL THEN 'Infinity' ELSE greatest(0, predicted_seconds
                       - coalesce(extract(epoch FROM clock_timestamp() - started_at), 0)) END AS seconds
            FROM run WHERE session_id = ANY (:sessions) AND state IN ('ASSIGNED', 'RUNNING')
            """;

    /** Of the queues that give out runs, the weight of this one beside those that have any; index {@code run_to_dispatch}. */
    private static final String SHARE = """
            SELECT CAST(max(q.weight) FILTER (WHERE q.id = :queue) AS double precision) / sum(q.weight) FROM queue q
            WHERE q.id = :queue OR q.archived_at IS NULL AND q.paused_at IS NULL
                AND EXISTS (SELECT FROM run r WHERE r.queue_id = q.id AND r.state = 'QUEUED')
            """;

    /** A slot in use: by the queue's own run or another's, and for how many seconds more. */
    record Busy(boolean own, double seconds) {}

    static Lanes read(Transaction transaction, Fleet fleet, long queue) {
        List<Busy> busy = transaction
                .sql()
                .createQuery(BUSY)
                .bind("queue", queue)
                .bindArray(
                        "sessions",
                        Long.class,
                        fleet.candidates().stream().map(Candidate::session).toList())
                .map((row, context) -> new Busy(row.getBoolean("own"), row.getDouble("seconds")))
                .list();
        return new Lanes(fleet.slots(), busy, share(transaction, queue));
    }

    private static double share(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery(SHARE)
                .bind("queue", queue)
                .mapTo(Double.class)
                .one();
    }

    /**
     * In how many seconds a run starts before which runs of so many predicted seconds each are started, every one in the slot
     * that is free first; infinite if nobody knows.
     *
     * @param maxRunning how many of the queue's runs may be on nodes; null for any number
     */
    double startAfter(double[] ahead, Integer maxRunning) {
        PriorityQueue<Double> free = own(maxRunning);
        for (double seconds : ahead) {
            if (free.isEmpty() || free.peek().isInfinite()) {
                return Double.POSITIVE_INFINITY;
            }
            free.add(free.remove() + seconds);
        }
        return free.isEmpty() ? Double.POSITIVE_INFINITY : free.peek();
    }

    /** When the slots become free that the queue may have: those it has, and of the others those that are free first. */
    private PriorityQueue<Double> own(Integer maxRunning) {
        List<Busy> lanes = new ArrayList<>(busyLanes);
        for (int i = busyLanes.size(); i < slots; i++) {
            lanes.add(new Busy(false, 0));
        }
        long most = Math.max(1, Math.round(slots * share));
        PriorityQueue<Double> own = new PriorityQueue<>();
        lanes.stream()
                .sorted(Comparator.comparing(Busy::own).reversed().thenComparing(Busy::seconds))
                .limit(maxRunning == null ? most : Math.min(most, maxRunning))
                .forEach(lane -> own.add(lane.seconds()));
        return own;
    }
}

package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.ReadyRuns.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets runs of jobs go to nodes only as far as their permits allow. What is left without one is blocked, and is woken by
 * whatever ends an attempt of the job; a gate that somebody else has is left to the next look.
 */
final class Permits {
    /** Never waited for, so that its place in the order of locks does no harm. */
    private static final String LOCK =
            "SELECT job_id FROM job_gate WHERE job_id = ANY (:jobs) ORDER BY job_id FOR UPDATE SKIP LOCKED";

    /** By job; a statement of its own, which sees what was there when the gate was locked. Index {@code run_through_gate}. */
    private static final String ON_NODES = """
            SELECT g.job, (SELECT count(*) FROM run WHERE job_id = g.job AND permits IS NOT NULL
                AND state IN ('QUEUED', 'ASSIGNED', 'RUNNING', 'PAUSED') AND session_id IS NOT NULL) AS on_nodes
            FROM unnest(:jobs) AS g (job)
            """;

    private static final String BLOCK = """
            UPDATE run SET state = 'BLOCKED', generation = NULL, blocked_reason = 'GATE' WHERE id = ANY (:runs) AND state = 'QUEUED'
            """;

    private final Transaction transaction;
    /** Runs on nodes by job; null for a gate that somebody else has. */
    private final Map<Long, Integer> onNodes = new HashMap<>();

    private int blocked;
    private int left;

    Permits(Transaction transaction) {
        this.transaction = transaction;
    }

    /** @return of {@code found}, ready runs in their order which are locked, those that may go */
    List<Found> pass(List<Found> found) {
        count(found);
        Map<Long, Integer> through = new HashMap<>(onNodes);
        List<Found> go = new ArrayList<>(found.size());
        List<Long> without = new ArrayList<>();
        left = 0;
        for (Found one : found) {
            Integer others = through.get(one.job());
            if (one.permits() == null) {
                go.add(one);
            } else if (others == null) {
                left++;
            } else if (others < one.permits()) {
                go.add(one);
                through.put(one.job(), others + 1);
            } else {
                without.add(one.ref().run());
            }
        }
        block(without);
        return go;
    }

    /** How many were blocked by the last pass. */
    int blocked() {
        return blocked;
    }

    /** Whether the last pass decided on all, so that no look is due again soon. */
    boolean isWhole() {
        return left == 0;
    }

    private void block(List<Long> runs) {
        blocked = runs.size();
        if (blocked > 0) {
            transaction
                    .sql()
                    .createUpdate(BLOCK)
                    .bindArray("runs", Long.class, runs)
                    .execute();
        }
    }

    private void count(List<Found> found) {
        List<Long> jobs = found.stream()
                .filter(one -> one.permits() != null)
                .map(Found::job)
                .filter(job -> !onNodes.containsKey(job))
                .distinct()
                .toList();
        if (jobs.isEmpty()) {
            return;
        }
        jobs.forEach(job -> onNodes.put(job, null));
        List<Long> locked = transaction
                .sql()
                .createQuery(LOCK)
                .bindArray("jobs", Long.class, jobs)
                .mapTo(Long.class)
                .list();
        transaction
                .sql()
                .createQuery(ON_NODES)
                .bindArray("jobs", Long.class, locked)
                .map((row, context) -> onNodes.put(row.getLong("job"), row.getInt("on_nodes")))
                .list();
    }
}

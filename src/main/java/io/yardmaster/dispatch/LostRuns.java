package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * Decides what becomes of runs whose worker no longer has them. What never started simply waits again; what had started
 * waits again under at-least-once, and ends as UNKNOWN under at-most-once; what was to be cancelled is cancelled.
 */
final class LostRuns {
    private static final String FACTS = """
            SELECT r.id, r.epoch, r.state <> 'ASSIGNED' AS started, r.cancel_requested_at IS NOT NULL AS cancelled,
                   coalesce(v.definition ->> 'delivery' = 'AT_MOST_ONCE', false) AS at_most_once, n.name AS node
            FROM run r LEFT JOIN job_version v ON v.job_id = r.job_id AND v.version = r.job_version
            LEFT JOIN node n ON n.id = r.node_id
            """;

    /** Index {@code run_on_session}. A row that a report is ending at this moment is left to the next turn. */
    static final String OF_SESSIONS =
            FACTS + "WHERE r.session_id = ANY (:sessions) ORDER BY r.id LIMIT :limit FOR UPDATE OF r SKIP LOCKED";

    /** Index {@code run_pkey}. */
    private static final String NAMED = FACTS + """
            WHERE (r.id, r.epoch) IN (SELECT * FROM unnest(:runs, :epochs)) AND r.session_id = :session
            ORDER BY r.id FOR UPDATE OF r SKIP LOCKED
            """;

    private final RunQueue queue;
    private final AttemptEnds ends;

    LostRuns(RunQueue queue, AttemptEnds ends) {
        this.queue = queue;
        this.ends = ends;
    }

    private record Lost(long run, long epoch, boolean started, boolean cancelled, boolean atMostOnce, String node) {
        boolean waitsAgain() {
            return !started || (!atMostOnce && !cancelled);
        }
    }

    /** Takes at most {@code limit} runs from {@code sessions}, which are over and locked. @return how many */
    int take(Transaction transaction, List<Long> sessions, int limit) {
        return decide(
                transaction,
                transaction
                        .sql()
                        .createQuery(OF_SESSIONS)
                        .bindArray("sessions", Long.class, sessions)
                        .bind("limit", limit));
    }

    /** Takes what {@code session} should hold and does not. @return how many */
    int takeNotHeld(Transaction transaction, long session, List<RunEpoch> runs) {
        return decide(
                transaction,
                transaction
                        .sql()
                        .createQuery(NAMED)
                        .bindArray(
                                "runs",
                                Long.class,
                                runs.stream().map(RunEpoch::run).toList())
                        .bindArray(
                                "epochs",
                                Long.class,
                                runs.stream().map(RunEpoch::epoch).toList())
                        .bind("session", session));
    }

    private int decide(Transaction transaction, Query query) {
        List<Lost> lost = query.map((row, context) -> new Lost(
                        row.getLong("id"),
                        row.getLong("epoch"),
                        row.getBoolean("started"),
                        row.getBoolean("cancelled"),
                        row.getBoolean("at_most_once"),
                        row.getString("node")))
                .list();
        List<Long> again = new ArrayList<>();
        List<AttemptEnd> over = new ArrayList<>();
        Instant now = transaction.now();
        for (Lost one : lost) {
            if (one.waitsAgain()) {
                again.add(one.run());
            } else {
                over.add(end(one, now));
            }
        }
        queue.giveBack(transaction, again);
        ends.end(transaction, over);
        return lost.size();
    }

    private static AttemptEnd end(Lost lost, Instant now) {
        String message = lost.cancelled()
                ? "cancelled; its node " + lost.node() + " was lost meanwhile"
                : "node " + lost.node() + " was lost while the task ran; whether the task was completed is not known,"
                        + " and this job is run at most once";
        return new AttemptEnd(
                lost.run(),
                lost.epoch(),
                lost.cancelled() ? RunState.CANCELLED : RunState.UNKNOWN,
                null,
                message,
                null,
                null,
                now);
    }
}

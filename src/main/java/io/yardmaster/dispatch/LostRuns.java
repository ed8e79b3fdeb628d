package io.yardmaster.dispatch;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/**
 * Decides what becomes of runs whose worker no longer has them. What never started simply waits again; what had started
 * waits again under at-least-once, and ends as UNKNOWN under at-most-once; what was to be cancelled is cancelled. A job whose
 * retries are for lost attempts too has these count; of any other one, a run that lost so many nodes is taken to be what kills
 * them, and fails.
 */
final class LostRuns {
    private static final String FACTS = """
            SELECT r.id, r.epoch, r.state <> 'ASSIGNED' AS started, r.cancel_requested_at IS NOT NULL AS cancelled,
               r.end_as IS NOT NULL AS timed_out,
                   coalesce(v.definition ->> 'delivery' = 'AT_MOST_ONCE', false) AS at_most_once, n.name AS node,
               coalesce(v.definition #> '{rules,retry,on}' @> '"LOST"', false) AS counts,
               (SELECT count(*) FROM jsonb_array_elements(r.attempts) past (attempt)
                WHERE attempt ->> 'outcome' = 'LOST') AS lost_before
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

    /** A run that kills its workers would otherwise do so for ever. */
    private static final int MOST_LOST = 10;

    private final RunQueue queue;
    private final AttemptEnds ends;

    LostRuns(RunQueue queue, AttemptEnds ends) {
        this.queue = queue;
        this.ends = ends;
    }

    /** What becomes of one. */
    private enum Fate {
        CANCELLED,
        /** The server had asked for its end because of its time limit. */
        TIMED_OUT,
        UNKNOWN,
        /** Its job's retries decide, and without them it has failed. */
        FAILED,
        WAITS_AGAIN
    }

    private record Lost(long run, long epoch, Fate fate, String node) {}

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
                        .bindNamedArgumentFinder(Columns.of(runs)
                                .with("runs", Long.class, RunEpoch::run)
                                .with("epochs", Long.class, RunEpoch::epoch))
                        .bind("session", session));
    }

    private int decide(Transaction transaction, Query query) {
        Map<Fate, List<Lost>> lost = query
                .map((row, context) ->
                        new Lost(row.getLong("id"), row.getLong("epoch"), fate(row), row.getString("node")))
                .stream()
                .collect(Collectors.groupingBy(Lost::fate, () -> new EnumMap<>(Fate.class), Collectors.toList()));
        Instant now = transaction.now();
        queue.giveBack(
                transaction,
                lost.getOrDefault(Fate.WAITS_AGAIN, List.of()).stream()
                        .map(Lost::run)
                        .toList());
        ends.end(transaction, ends(lost, Fate.CANCELLED, now));
        ends.end(transaction, ends(lost, Fate.TIMED_OUT, now));
        ends.end(transaction, ends(lost, Fate.UNKNOWN, now));
        ends.endLost(transaction, ends(lost, Fate.FAILED, now));
        return lost.values().stream().mapToInt(List::size).sum();
    }

    private static Fate fate(ResultSet row) throws SQLException {
        if (!row.getBoolean("started")) {
            return Fate.WAITS_AGAIN;
        }
        if (row.getBoolean("timed_out")) {
            return Fate.TIMED_OUT;
        }
        if (row.getBoolean("cancelled")) {
            return Fate.CANCELLED;
        }
        if (row.getBoolean("at_most_once")) {
            return Fate.UNKNOWN;
        }
        return row.getBoolean("counts") || row.getInt("lost_before") + 1 >= MOST_LOST ? Fate.FAILED : Fate.WAITS_AGAIN;
    }

    private static List<AttemptEnd> ends(Map<Fate, List<Lost>> lost, Fate fate, Instant now) {
        return lost.getOrDefault(fate, List.of()).stream()
                .map(one -> new AttemptEnd(
                        one.run(), one.epoch(), RunState.valueOf(fate.name()), null, message(one), null, null, now))
                .toList();
    }

    private static String message(Lost lost) {
        return switch (lost.fate()) {
            case CANCELLED -> "cancelled; its node " + lost.node() + " was lost meanwhile";
            case TIMED_OUT ->
                "its time limit was over, and node " + lost.node() + " was lost before it told of the end";
            case UNKNOWN ->
                "node " + lost.node() + " was lost while the task ran; whether the task was completed is not known,"
                        + " and this job is run at most once";
            case FAILED, WAITS_AGAIN -> "node " + lost.node() + " was lost while the task ran";
        };
    }
}

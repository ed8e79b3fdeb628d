package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.List;

/**
 * Something that a node is yet to be told of a run.
 *
 * @param session whose it is
 * @param ref which run and epoch
 * @param sequence of what was asked of its pace; 0 for an offer
 */
public record News(long session, RunEpoch ref, Kind kind, int sequence) {
    /** What there is to tell. */
    public enum Kind {
        /** The run is offered. */
        OFFER,
        /** The run's end was asked for. */
        CANCEL,
        /** It is to be paused. */
        PAUSE,
        /** It is to go on. */
        RESUME
    }

    /**
     * Indexes {@code run_offered} and {@code run_to_tell}, which hold little at any time. They are read in their order, so
     * that entries of what was told before are marked and passed over the next time. An offer is given back before 10 s
     * are over: the entries of those before need not be read. What is to end is not paused.
     */
    static final String PENDING = """
            SELECT s.id AS session_id, r.id, r.epoch, r.kind, r.sequence
            FROM unnest(:sessions) AS s (id) CROSS JOIN LATERAL (
                (SELECT id, epoch, 'OFFER' AS kind, 0 AS sequence FROM run WHERE state = 'ASSIGNED' AND session_id = s.id
                     AND offered_at > clock_timestamp() - interval '10 s'
                 ORDER BY session_id, offered_at LIMIT 10000)
                UNION ALL
                (SELECT id, epoch,
                     CASE WHEN cancel_requested_at IS NOT NULL THEN 'CANCEL'
                          WHEN pause_sequence % 2 = 1 THEN 'PAUSE' ELSE 'RESUME' END, coalesce(pause_sequence, 0)
                 FROM run
                 WHERE session_id IS NOT NULL AND (cancel_requested_at IS NOT NULL OR pause_sequence <> pause_confirmed)
                   AND session_id = s.id AND state IN ('RUNNING', 'PAUSED')
                 ORDER BY session_id LIMIT 10000)) r
            ORDER BY 1, 2
            """;

    /** All there is to tell {@code sessions}, for as long as it has not taken effect. */
    public static List<News> pending(Transaction transaction, List<Long> sessions) {
        return transaction
                .sql()
                .createQuery(PENDING)
                .bindArray("sessions", Long.class, sessions)
                .map((row, context) -> new News(
                        row.getLong("session_id"),
                        new RunEpoch(row.getLong("id"), row.getLong("epoch")),
                        Kind.valueOf(row.getString("kind")),
                        row.getInt("sequence")))
                .list();
    }
}

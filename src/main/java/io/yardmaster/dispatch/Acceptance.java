package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.node.NodeSession;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.node.SessionState;
import java.util.List;
import java.util.Optional;

/** Starts offered runs at the word of the node that they were offered to. */
public final class Acceptance {
    /**
     * Indexes {@code run_pkey} and {@code run_on_session}. The session's row is locked, so that the slots in use stay
     * as counted; what exceeds them stays offered and lapses.
     */
    static final String START = """
            WITH fit AS (
                SELECT r.id FROM run r JOIN unnest(:runs, :epochs) AS a (run, epoch) ON a.run = r.id AND a.epoch = r.epoch
                WHERE r.session_id = :session AND r.state = 'ASSIGNED'
                ORDER BY r.id
                LIMIT coalesce((SELECT greatest(0, least(n.slots, s.slots) - (
                           SELECT count(*) FROM run b WHERE b.session_id = s.id AND b.state = 'RUNNING'))
                       FROM node_session s JOIN node n ON n.id = s.node_id
                       WHERE s.id = :session AND s.lease_until > clock_timestamp()), 0)
                FOR UPDATE OF r
            )
            UPDATE run r SET state = 'RUNNING', attempt = r.attempt + 1, started_at = clock_timestamp()
            FROM fit WHERE r.id = fit.id
            """;

    /** Of what was asked for, everything that now runs there: a repeated acceptance gets the same answer. */
    private static final String STARTED = """
            SELECT r.id, r.epoch, r.attempt, r.nominal_at, r.parameters, j.namespace, j.name, v.definition
            FROM run r JOIN unnest(:runs, :epochs) AS a (run, epoch) ON a.run = r.id AND a.epoch = r.epoch
            JOIN job j ON j.id = r.job_id
            JOIN job_version v ON v.job_id = r.job_id AND v.version = r.job_version
            WHERE r.session_id = :session AND r.state = 'RUNNING'
            ORDER BY r.id
            """;

    private final NodeSessions sessions;
    private final DispatchCounts counts;

    public Acceptance(NodeSessions sessions, DispatchCounts counts) {
        this.sessions = sessions;
        this.counts = counts;
    }

    /**
     * Starts those of {@code offers} that are offered to {@code session} in that epoch and fit into its slots.
     *
     * @return what of them the session now has; empty if the session is not a live one of {@code node}
     */
    public Optional<List<AcceptedRun>> accept(Transaction transaction, long session, long node, List<RunEpoch> offers) {
        Optional<NodeSession> live =
                sessions.lock(transaction, session, node).filter(found -> found.state() == SessionState.LIVE);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        List<Long> runs = offers.stream().map(RunEpoch::run).toList();
        List<Long> epochs = offers.stream().map(RunEpoch::epoch).toList();
        int started = transaction
                .sql()
                .createUpdate(START)
                .bindArray("runs", Long.class, runs)
                .bindArray("epochs", Long.class, epochs)
                .bind("session", session)
                .execute();
        List<AcceptedRun> accepted = transaction
                .sql()
                .createQuery(STARTED)
                .bindArray("runs", Long.class, runs)
                .bindArray("epochs", Long.class, epochs)
                .bind("session", session)
                .map(new AcceptedRun.Mapper())
                .list();
        transaction.afterCommit(() -> {
            counts.add(DispatchCount.ACCEPTED, started);
            counts.add(DispatchCount.ACCEPT_REFUSED, offers.size() - (long) accepted.size());
        });
        return Optional.of(accepted);
    }
}

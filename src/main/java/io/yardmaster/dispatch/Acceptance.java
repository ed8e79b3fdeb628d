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
     * Starts what is offered, and tells it together with what already ran: a repeated acceptance gets the same answer.
     * Indexes {@code run_pkey} and {@code run_on_session}. The session's row is locked, so that the slots in use stay as
     * counted; what exceeds them stays offered and lapses.
     */
    static final String START = """
            WITH asked AS MATERIALIZED (
                SELECT * FROM unnest(:runs, :epochs) AS a (run, epoch)
            ), fit AS (
                SELECT r.id FROM run r JOIN asked a ON a.run = r.id AND a.epoch = r.epoch
                WHERE r.session_id = :session AND r.state = 'ASSIGNED'
                ORDER BY r.id
                LIMIT coalesce((SELECT greatest(0, least(n.slots, s.slots) - (
                           SELECT count(*) FROM run b WHERE b.session_id = s.id AND b.state = 'RUNNING'))
                       FROM node_session s JOIN node n ON n.id = s.node_id
                       WHERE s.id = :session AND s.lease_until > clock_timestamp()), 0)
                FOR UPDATE OF r
            ), started AS (
                UPDATE run r SET state = 'RUNNING', attempt = r.attempt + 1, started_at = clock_timestamp()
                FROM fit WHERE r.id = fit.id
                RETURNING r.id, r.epoch, r.attempt, r.nominal_at, r.parameters, r.job_id, r.job_version
            ), had AS (
                SELECT *, true AS now FROM started
                UNION ALL
                SELECT r.id, r.epoch, r.attempt, r.nominal_at, r.parameters, r.job_id, r.job_version, false
                FROM run r JOIN asked a ON a.run = r.id AND a.epoch = r.epoch
                WHERE r.session_id = :session AND r.state = 'RUNNING'
            )
            SELECT had.*, j.namespace, j.name, v.definition
            FROM had JOIN job j ON j.id = had.job_id
            JOIN job_version v ON v.job_id = had.job_id AND v.version = had.job_version
            ORDER BY had.id
            """;

    private static final AcceptedRun.Mapper MAPPER = new AcceptedRun.Mapper();

    private final NodeSessions sessions;
    private final DispatchCounts counts;

    public Acceptance(NodeSessions sessions, DispatchCounts counts) {
        this.sessions = sessions;
        this.counts = counts;
    }

    /** What the session has, and whether since now. */
    private record Started(AcceptedRun run, boolean now) {}

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
        List<Started> all = transaction
                .sql()
                .createQuery(START)
                .bindArray(
                        "runs", Long.class, offers.stream().map(RunEpoch::run).toList())
                .bindArray(
                        "epochs",
                        Long.class,
                        offers.stream().map(RunEpoch::epoch).toList())
                .bind("session", session)
                .map((row, context) -> new Started(MAPPER.map(row, context), row.getBoolean("now")))
                .list();
        List<AcceptedRun> accepted = all.stream().map(Started::run).toList();
        transaction.afterCommit(() -> {
            counts.add(DispatchCount.ACCEPTED, all.stream().filter(Started::now).count());
            counts.add(DispatchCount.ACCEPT_REFUSED, offers.size() - (long) accepted.size());
        });
        return Optional.of(accepted);
    }
}

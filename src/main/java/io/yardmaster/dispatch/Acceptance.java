package io.yardmaster.dispatch;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import io.yardmaster.node.NodeSession;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.node.SessionState;
import java.util.List;
import java.util.Optional;

/** Starts offered runs at the word of the node that they were offered to. */
public final class Acceptance {
    /**
     * Starts what is offered, with nothing of an earlier attempt's pauses, and tells it together with what already ran: a repeated acceptance gets the same answer.
     * Each run is looked up by its id alone (index {@code run_pkey}) and in ascending order: a join, or a look at all of the
     * session, is quadratic where the planner takes the table for empty. The session's row is locked, so that the slots in use stay as
     * counted; what exceeds them stays offered and lapses, and so does what was offered to a node that was taken out of
     * service meanwhile.
     */
    static final String START = """
            WITH asked AS MATERIALIZED (
                SELECT * FROM unnest(:runs, :epochs) AS a (run, epoch) ORDER BY run
            ), found AS MATERIALIZED (
                SELECT r.* FROM asked CROSS JOIN LATERAL (
                    SELECT id, epoch, attempt, nominal_at, parameters, job_id, job_version, state, slots, session_id, claim_id FROM run
                    WHERE id = asked.run LIMIT 1 FOR UPDATE) r
                WHERE r.epoch = asked.epoch AND r.session_id = :session AND r.state IN ('ASSIGNED', 'RUNNING')
            ), fit AS (
                SELECT id FROM (
                    SELECT id, sum(slots) OVER (ORDER BY id) AS needed FROM found WHERE state = 'ASSIGNED') f
                WHERE needed <= (
                    SELECT least(n.slots, s.slots) - (SELECT running FROM session_use(s.id, clock_timestamp(), 0))
                    FROM node_session s JOIN node n ON n.id = s.node_id
                    WHERE s.id = :session AND s.lease_until > clock_timestamp()
                      AND n.state = 'ACTIVE' AND n.revoked_at IS NULL)
            ), started AS (
                UPDATE run SET state = 'RUNNING', attempt = attempt + 1, started_at = clock_timestamp(),
                    pause_sequence = NULL, pause_confirmed = NULL, paused_by = NULL, paused_at = NULL, pauses = NULL,
                    slice_began_at = NULL, ran_seconds = NULL
                WHERE id = ANY (ARRAY(SELECT id FROM fit))
                RETURNING id, epoch, attempt, nominal_at, parameters, job_id, job_version, claim_id
            ), had AS (
                SELECT *, true AS now FROM started
                UNION ALL
                SELECT id, epoch, attempt, nominal_at, parameters, job_id, job_version, claim_id, false FROM found
                WHERE state = 'RUNNING'
            )
            SELECT had.*, j.namespace, j.name, v.definition, CASE WHEN had.claim_id IS NOT NULL THEN (
                SELECT jsonb_object_agg(l.namespace || '/' || l.name, h.token)
                FROM lock_hold h JOIN lock l ON l.id = h.lock_id WHERE h.run_id = had.id AND h.epoch = had.epoch) END AS tokens
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
                .bindNamedArgumentFinder(Columns.of(offers)
                        .with("runs", Long.class, RunEpoch::run)
                        .with("epochs", Long.class, RunEpoch::epoch))
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

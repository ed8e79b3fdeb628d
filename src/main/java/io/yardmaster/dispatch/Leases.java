package io.yardmaster.dispatch;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import io.yardmaster.node.NodeSession;
import io.yardmaster.node.NodeSessions;
import io.yardmaster.node.SessionState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How long a worker counts as alive: sessions begin, are extended, and end. */
public final class Leases {
    /** Index {@code run_pkey}. */
    private static final String PASS_ON = """
            UPDATE run r SET session_id = :to FROM unnest(:runs, :epochs) AS e (run, epoch)
            WHERE r.id = e.run AND r.epoch = e.epoch AND r.session_id = :from AND r.node_id = :node
              AND r.state IN ('RUNNING', 'PAUSED')
            """;

    private final NodeSessions sessions;
    private final HeldRuns held;
    private final LapsedOffers offers;
    private final LeaseTimes times;

    Leases(NodeSessions sessions, HeldRuns held, LapsedOffers offers, LeaseTimes times) {
        this.sessions = sessions;
        this.held = held;
        this.offers = offers;
        this.times = times;
    }

    /**
     * Begins a session. Asked again by the same registration, because the answer was lost, it extends the lease of the
     * session that it began then.
     *
     * @return its id
     * @throws Conflict while an older session of the node is live, unless the newcomer, on the same boot of the same
     *     machine, vouches that nothing of it is left
     */
    public long register(Transaction transaction, Newcomer newcomer) {
        NodeSessions.Start start = new NodeSessions.Start(
                newcomer.node(),
                newcomer.registration(),
                newcomer.slots(),
                newcomer.machine(),
                times.lease(),
                newcomer.clockMillis());
        OptionalLong begun = sessions.resume(transaction, start);
        long session = begun.isPresent() ? begun.getAsLong() : begin(transaction, newcomer, start);
        if (newcomer.past().session() != null && !newcomer.past().ended().isEmpty()) {
            passOn(transaction, newcomer, session);
        }
        return session;
    }

    private long begin(Transaction transaction, Newcomer newcomer, NodeSessions.Start start) {
        sessions.lockLive(transaction, newcomer.node()).ifPresent(live -> endForNewcomer(transaction, live, newcomer));
        return sessions.start(transaction, start).orElseThrow(() -> new Conflict("conflict.session.same-moment"));
    }

    private void endForNewcomer(Transaction transaction, NodeSession live, Newcomer newcomer) {
        Long past = newcomer.past().session();
        boolean vouched = past != null && past == live.id();
        if (!vouched || !live.machine().isSameBoot(newcomer.machine())) {
            throw new Conflict(
                    "conflict.session.live",
                    live.machine().host(),
                    live.startedAt(),
                    times.grace().toMillis(),
                    live.leaseUntil());
        }
        end(transaction, live.id());
    }

    private static void passOn(Transaction transaction, Newcomer newcomer, long session) {
        HeldRuns.unmark(transaction, session);
        transaction
                .sql()
                .createUpdate(PASS_ON)
                .bind("from", newcomer.past().session())
                .bind("to", session)
                .bind("node", newcomer.node())
                .bindArray(
                        "runs",
                        Long.class,
                        newcomer.past().ended().stream().map(RunEpoch::run).toList())
                .bindArray(
                        "epochs",
                        Long.class,
                        newcomer.past().ended().stream().map(RunEpoch::epoch).toList())
                .execute();
    }

    /**
     * Extends the lease.
     *
     * @param claimed what the worker says it holds
     * @return what of it the worker must kill; empty if the session is over, and with it everything the worker holds
     */
    public Optional<List<RunEpoch>> beat(
            Transaction transaction, long session, long node, NodeSessions.Beat beat, List<RunEpoch> claimed) {
        if (!sessions.beat(transaction, session, node, beat, times.lease())) {
            return Optional.empty();
        }
        return Optional.of(held.compare(transaction, session, claimed));
    }

    /** Whether the node has this session and it is live. */
    public boolean isLive(Transaction transaction, long session, long node) {
        return sessions.find(transaction, session, node)
                .filter(found -> found.state() == SessionState.LIVE)
                .isPresent();
    }

    /** Ends a session whose worker holds nothing any more. What is offered to it is free at once. Again changes nothing. */
    public void end(Transaction transaction, long session, long node) {
        sessions.lock(transaction, session, node)
                .filter(found -> found.state() == SessionState.LIVE)
                .ifPresent(live -> end(transaction, live.id()));
    }

    private void end(Transaction transaction, long session) {
        sessions.end(transaction, session);
        offers.giveBackOf(transaction, session);
    }
}

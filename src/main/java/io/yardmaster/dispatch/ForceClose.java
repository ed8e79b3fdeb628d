package io.yardmaster.dispatch;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.run.RunState;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Ends a run on a node that does not answer, or does not do as it is told: its slot is free, its epoch is burnt, and what the
 * node says of it later is a note. Its processes may live on until the node is heard of again, and kills them then.
 */
public final class ForceClose {
    /** What an operator may say that a run came to. */
    public static final Set<RunState> ENDS =
            Set.copyOf(EnumSet.of(RunState.UNKNOWN, RunState.FAILED, RunState.CANCELLED));

    /** Indexes {@code run_pkey}, {@code node_session_pkey}. */
    private static final String FACTS = """
            SELECT r.epoch, n.name AS node,
                   s.state = 'LIVE' AND s.lease_until > clock_timestamp() + :half * interval '1 millisecond' AS answers,
                   coalesce(r.cancel_requested_at <= clock_timestamp() - :patience * interval '1 millisecond', false)
                       AS disobeyed
            FROM run r JOIN node_session s ON s.id = r.session_id JOIN node n ON n.id = r.node_id
            WHERE r.id = :run AND r.state IN ('RUNNING', 'PAUSED')
            """;

    private final AttemptEnds ends;
    private final LeaseTimes times;

    ForceClose(AttemptEnds ends, LeaseTimes times) {
        this.ends = ends;
        this.times = times;
    }

    private record Facts(long epoch, String node, boolean answers, boolean disobeyed) {}

    /** How long after its cancellation was asked for a run may be closed on a node that answers: 30 s as usual. */
    public long patienceSeconds() {
        return times.lease().multipliedBy(3).dividedBy(2).toSeconds();
    }

    /**
     * Ends {@code run} as {@code state}, one of {@link #ENDS}.
     *
     * @param by account that closes it
     * @param reason in its words
     * @return whether it was on a node
     * @throws Conflict if its node answers and was not asked to end it, or not long enough ago
     */
    public boolean close(Transaction transaction, long run, RunState state, String by, String reason) {
        Optional<Facts> found = facts(transaction, run);
        if (found.isEmpty()) {
            return false;
        }
        Facts facts = found.get();
        if (facts.answers() && !facts.disobeyed()) {
            throw new Conflict("conflict.run.node-answers", run, facts.node(), patienceSeconds());
        }
        String message = "closed by " + by + " without the word of node " + facts.node() + ": " + reason;
        AttemptEnd end = new AttemptEnd(run, facts.epoch(), state, null, message, null, null, transaction.now());
        transaction.announce(Channel.RUNS_READY);
        return ends.force(transaction, end).isPresent();
    }

    private Optional<Facts> facts(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery(FACTS)
                .bind("run", run)
                .bind("half", times.lease().toMillis() / 2)
                .bind("patience", patienceSeconds() * 1000)
                .map((row, context) -> new Facts(
                        row.getLong("epoch"),
                        row.getString("node"),
                        row.getBoolean("answers"),
                        row.getBoolean("disobeyed")))
                .findFirst();
    }
}

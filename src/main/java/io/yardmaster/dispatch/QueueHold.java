package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.queue.Balancing;
import io.yardmaster.queue.FairTags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A queue whose row of {@code queue_state} this transaction holds.
 *
 * @param needs ids of the distinct needs of its ready runs
 * @param fair whether it counts what each share is given
 * @param maxRunning how many of its runs may be on nodes at a time; null for no limit
 * @param balancer decides
 * @param shadow is only recorded; null if there is none
 */
record QueueHold(QueueTurn turn, List<Long> needs, boolean fair, Integer maxRunning, Chooser balancer, Chooser shadow) {
    /** One of the queue's balancers, with what it remembers. */
    record Chooser(Balancing kind, BalancerState state) {
        Balancer.Choices choose(List<Candidate> candidates, List<ReadyRun> runs) {
            return Balancer.of(kind).choose(candidates, state, runs);
        }
    }

    /** A queue that somebody else is serving is skipped, not waited for. */
    private static final String LOCK = """
            SELECT q.balancer, q.shadow, q.max_running, q.policy = 'FAIR' AS fair, s.balancer_state, s.shadow_state,
                   ARRAY(SELECT * FROM waiting_needs(q.id)) AS needs
            FROM queue_state s JOIN queue q ON q.id = s.queue_id
            WHERE s.queue_id = :queue AND (q.paused_at IS NULL OR :evenPaused) AND q.archived_at IS NULL
            FOR UPDATE OF s SKIP LOCKED
            """;

    /** As many rows as there are slots in use. */
    private static final String ON_NODES =
            "SELECT count(*) FROM runs_on_nodes() WHERE queue_id = :queue AND state <> 'PAUSED'";

    private static final String REMEMBER = """
            UPDATE queue_state SET balancer_state = CAST(:state AS jsonb),
                shadow_state = coalesce(CAST(:shadowState AS jsonb), shadow_state),
                dispatched_at = clock_timestamp(), turn = :turn, turn_began = :began
            WHERE queue_id = :queue
            """;

    private static final String SERVED = """
            UPDATE queue_state SET dispatched_at = clock_timestamp(), turn = :turn, turn_began = :began
            WHERE queue_id = :queue
            """;

    /** Empty if somebody else holds it, or it gives nothing out. */
    static Optional<QueueHold> take(Transaction transaction, QueueTurn turn) {
        return take(transaction, turn, false);
    }

    /** Likewise, though it may be paused. */
    static Optional<QueueHold> takeEvenPaused(Transaction transaction, QueueTurn turn) {
        return take(transaction, turn, true);
    }

    private static Optional<QueueHold> take(Transaction transaction, QueueTurn turn, boolean evenPaused) {
        return transaction
                .sql()
                .createQuery(LOCK)
                .bind("queue", turn.queue())
                .bind("evenPaused", evenPaused)
                .map((row, context) -> new QueueHold(
                        turn,
                        List.of((Long[]) row.getArray("needs").getArray()),
                        row.getBoolean("fair"),
                        row.getObject("max_running", Integer.class),
                        chooser(row, "balancer"),
                        row.getString("shadow") == null ? null : chooser(row, "shadow")))
                .findFirst();
    }

    private static Chooser chooser(ResultSet row, String which) throws SQLException {
        return new Chooser(
                Balancing.valueOf(row.getString(which)), BalancerState.fromJson(row.getString(which + "_state")));
    }

    /** How many more of its runs may be on nodes. */
    int allowed(Transaction transaction) {
        if (maxRunning == null) {
            return Integer.MAX_VALUE;
        }
        return maxRunning
                - transaction
                        .sql()
                        .createQuery(ON_NODES)
                        .bind("queue", turn.queue())
                        .mapTo(Integer.class)
                        .one();
    }

    /** Without a decision. */
    void remember(Transaction transaction, int served) {
        transaction
                .sql()
                .createUpdate(SERVED)
                .bind("queue", turn.queue())
                .bind("turn", turn.after(served).turn())
                .bind("began", turn.turn())
                .execute();
    }

    void remember(Transaction transaction, Decision decision) {
        Balancer.Choices beside = decision.beside();
        transaction
                .sql()
                .createUpdate(REMEMBER)
                .bind("queue", turn.queue())
                .bind("state", decision.made().state().toJson())
                .bind("shadowState", beside == null ? null : beside.state().toJson())
                .bind("turn", turn.after(decision.slots()).turn())
                .bind("began", turn.turn())
                .execute();
        if (fair) {
            List<Long> runs = decision.made().chosen().stream()
                    .map(choice -> choice.run().ref().run())
                    .toList();
            FairTags.served(transaction, turn.queue(), runs);
        }
    }
}

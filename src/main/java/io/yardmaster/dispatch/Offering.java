package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Optional;

/** Offers the head of one queue to nodes, in one transaction under the queue's row lock. */
final class Offering {
    /** So that no transaction is long. */
    static final int LARGEST_BATCH = 500;

    /** A queue that somebody else is serving is skipped, not waited for. */
    private static final String LOCK = """
            SELECT q.balancer, q.max_running, s.balancer_cursor FROM queue_state s JOIN queue q ON q.id = s.queue_id
            WHERE s.queue_id = :queue AND q.paused_at IS NULL AND q.archived_at IS NULL
            FOR UPDATE OF s SKIP LOCKED
            """;

    /** Index {@code run_on_session}: as many rows as there are slots in use. */
    private static final String ON_NODES =
            "SELECT count(*) FROM run WHERE queue_id = :queue AND session_id IS NOT NULL";

    /**
     * Index {@code run_to_dispatch}, read in its order. A row that is being cancelled at this moment is skipped; since
     * these locks are never waited for, their order does no harm.
     */
    static final String READY = """
            SELECT id FROM run WHERE queue_id = :queue AND state = 'QUEUED'
            ORDER BY order_key, id LIMIT :limit FOR UPDATE SKIP LOCKED
            """;

    private static final String OFFER = """
            UPDATE run r SET state = 'ASSIGNED', epoch = r.epoch + 1, session_id = o.session, node_id = o.node,
                offered_at = clock_timestamp()
            FROM unnest(:runs, :sessions, :nodes) AS o (run, session, node)
            WHERE r.id = o.run AND r.state = 'QUEUED'
            """;

    private static final String REMEMBER = """
            UPDATE queue_state SET balancer_cursor = :cursor, dispatched_at = clock_timestamp(),
                turn = :turn, turn_began = :began
            WHERE queue_id = :queue
            """;

    private final Candidates candidates;

    Offering(Candidates candidates) {
        this.candidates = candidates;
    }

    /**
     * What came of it.
     *
     * @param runs how many were offered
     * @param busy whether somebody else was serving the queue
     */
    record Offered(int runs, boolean busy) {
        static final Offered NONE = new Offered(0, false);
        static final Offered ELSEWHERE = new Offered(0, true);
    }

    /** What the queue's row says. */
    private record Rules(Balancer balancer, Integer maxRunning, BalancerState state) {}

    /** Offers at most {@code share} runs of the queue. */
    Offered offer(Transaction transaction, QueueTurn turn, int share) {
        Optional<Rules> rules = lock(transaction, turn.queue());
        if (rules.isEmpty()) {
            return Offered.ELSEWHERE;
        }
        List<Candidate> nodes = candidates.lock(transaction);
        int free = nodes.stream().mapToInt(Candidate::free).sum();
        int limit = Math.min(Math.min(share, LARGEST_BATCH), Math.min(free, allowed(transaction, turn, rules.get())));
        if (limit <= 0) {
            return Offered.NONE;
        }
        List<Long> runs = ready(transaction, turn.queue(), limit);
        if (runs.isEmpty()) {
            return Offered.NONE;
        }
        Balancer.Choices choices =
                rules.get().balancer().choose(nodes, rules.get().state(), runs.size());
        write(transaction, runs, choices.chosen());
        remember(transaction, turn, choices);
        return new Offered(runs.size(), false);
    }

    private static Optional<Rules> lock(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery(LOCK)
                .bind("queue", queue)
                .map((row, context) -> new Rules(
                        Balancer.named(row.getString("balancer")),
                        row.getObject("max_running", Integer.class),
                        new BalancerState(row.getLong("balancer_cursor"))))
                .findFirst();
    }

    private static int allowed(Transaction transaction, QueueTurn turn, Rules rules) {
        if (rules.maxRunning() == null) {
            return Integer.MAX_VALUE;
        }
        return rules.maxRunning()
                - transaction
                        .sql()
                        .createQuery(ON_NODES)
                        .bind("queue", turn.queue())
                        .mapTo(Integer.class)
                        .one();
    }

    private static List<Long> ready(Transaction transaction, long queue, int limit) {
        return transaction
                .sql()
                .createQuery(READY)
                .bind("queue", queue)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    private static void write(Transaction transaction, List<Long> runs, List<Candidate> chosen) {
        int offered = transaction
                .sql()
                .createUpdate(OFFER)
                .bindArray("runs", Long.class, runs)
                .bindArray(
                        "sessions",
                        Long.class,
                        chosen.stream().map(Candidate::session).toList())
                .bindArray(
                        "nodes",
                        Long.class,
                        chosen.stream().map(Candidate::node).toList())
                .execute();
        if (offered != runs.size() || chosen.size() != runs.size()) {
            throw new IllegalStateException(offered + " of " + runs.size() + " locked runs were offered to "
                    + chosen.size() + " nodes; this is a bug");
        }
    }

    private static void remember(Transaction transaction, QueueTurn turn, Balancer.Choices choices) {
        transaction
                .sql()
                .createUpdate(REMEMBER)
                .bind("queue", turn.queue())
                .bind("cursor", choices.state().cursor())
                .bind("turn", QueueTurns.after(turn, choices.chosen().size()))
                .bind("began", turn.turn())
                .execute();
    }
}

package io.yardmaster.dispatch;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Offers the head of one queue to nodes, in one transaction under the queue's row lock. */
final class Offering {
    /** So that no transaction is long. */
    static final int LARGEST_BATCH = 500;

    /**
     * The decision goes with the offers: one statement for both. No offer is older than the marks of the sessions, which
     * {@link HeldRuns} makes, whatever the clock does. The runs are locked, so each is still in its place, and a place is not
     * joined to all that waits, for which the planner takes it where it believes that little does.
     */
    static final String OFFER = """
            WITH decided AS (
                INSERT INTO decision (queue_id, server, balancer, shadow, size, differing, gain_seconds, candidates, runs,
                                      slots, places, tied, scores, shadow_places)
                VALUES (:queue, :server, :balancer, :shadow, cardinality(:runs), :differing, :gain,
                        CAST(:candidates AS jsonb), :runs, :slots, :places, :tied, :scores,
                        CASE WHEN CAST(:shadow AS text) IS NOT NULL THEN :shadowPlaces END)
                RETURNING id
            ), found AS MATERIALIZED (
                SELECT o.*, r.place FROM unnest(:runs, :slots, :sessions, :nodes) AS o (run, slots, session, node)
                CROSS JOIN LATERAL (SELECT ctid AS place, state FROM run WHERE id = o.run LIMIT 1) r
                WHERE r.state = 'QUEUED'
            )
            UPDATE run r SET state = 'ASSIGNED', generation = NULL, epoch = r.epoch + 1, session_id = f.session, node_id = f.node,
                offered_at = greatest(clock_timestamp(), marked.since), slots = f.slots, decision_id = (SELECT id FROM decided)
            FROM found f, (SELECT max(offers_since) AS since FROM node_session WHERE id = ANY (:sessions)) AS marked
            WHERE r.ctid = f.place
            """;

    private final ReadyRuns ready = new ReadyRuns();
    private final Candidates candidates;
    private final String server;

    Offering(Candidates candidates, String server) {
        this.candidates = candidates;
        this.server = server;
    }

    /**
     * What came of it.
     *
     * @param runs how many were offered
     * @param busy whether somebody else was serving the queue, or has what runs of it need
     */
    record Offered(int runs, boolean busy) {
        static final Offered NONE = new Offered(0, false);
        static final Offered ELSEWHERE = new Offered(0, true);
    }

    Candidates candidates() {
        return candidates;
    }

    /** How many slots are free, roughly. */
    int free(Transaction transaction) {
        return candidates.free(transaction);
    }

    /**
     * Offers at most {@code share} runs of the queue.
     *
     * @param kept sessions that are given none
     */
    Offered offer(Transaction transaction, QueueTurn turn, int share, Set<Long> kept) {
        Optional<QueueHold> hold = QueueHold.take(transaction, turn);
        if (hold.isEmpty()) {
            return Offered.ELSEWHERE;
        }
        QueueHold queue = hold.get();
        Fleet fleet = candidates.lock(transaction, turn.queue()).keeping(kept);
        int limit = Math.min(Math.min(share, LARGEST_BATCH), Math.min(fleet.free(), queue.allowed(transaction)));
        if (limit <= 0) {
            return Offered.NONE;
        }
        ReadyRuns.Heads heads = ready.of(transaction, queue, fleet, limit);
        Decision decision = Decision.of(queue, fleet, heads.runs());
        Candidates.keep(transaction, turn.queue(), decision.made().kept());
        if (!decision.made().chosen().isEmpty()) {
            write(transaction, queue, decision);
            queue.remember(transaction, decision);
        }
        heads.locks()
                .settle(decision.made().chosen().stream()
                        .map(choice -> choice.run().ref().run())
                        .toList());
        return new Offered(decision.made().chosen().size(), !heads.whole());
    }

    private void write(Transaction transaction, QueueHold queue, Decision decision) {
        List<Balancer.Choice> chosen = decision.made().chosen();
        int offered = transaction
                .sql()
                .createUpdate(OFFER)
                .bind("queue", queue.turn().queue())
                .bind("server", server)
                .bind("balancer", queue.balancer().kind())
                .bind("shadow", queue.shadow() == null ? null : queue.shadow().kind())
                .bind("differing", decision.differing())
                .bind("gain", decision.gain())
                .bind("candidates", Considered.toJson(decision.fleet()))
                .bindNamedArgumentFinder(Columns.of(chosen)
                        .with("runs", Long.class, choice -> choice.run().ref().run())
                        .with(
                                "slots",
                                Integer.class,
                                choice -> choice.run().need().slots())
                        .with("tied", Boolean.class, Balancer.Choice::tied)
                        .with("sessions", Long.class, choice -> choice.node().session())
                        .with("nodes", Long.class, choice -> choice.node().node()))
                .bindArray("places", Integer.class, decision.places())
                .bindArray("scores", Float.class, decision.scores())
                .bindArray("shadowPlaces", Integer.class, decision.shadowPlaces())
                .execute();
        if (offered != chosen.size()) {
            throw new IllegalStateException(
                    offered + " of " + chosen.size() + " locked runs were offered; this is a bug");
        }
    }
}

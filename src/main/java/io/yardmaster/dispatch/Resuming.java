package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.Offering.Offered;
import io.yardmaster.job.Need;
import io.yardmaster.job.Needs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets paused runs go on: each contests the free slots of its node with its queue's ready runs, lowest order key first. A
 * node that takes nothing new still lets go on what it has paused.
 */
final class Resuming {
    private static final Set<Exclusion> LETS_GO_ON =
            EnumSet.complementOf(EnumSet.of(Exclusion.REVOKED, Exclusion.LAPSED, Exclusion.SILENT));

    /**
     * Index {@code run_paused}. What somebody paused by hand contests nothing; a row that is being ended or paused by hand at
     * this moment is skipped.
     */
    static final String CONTESTANTS = """
            SELECT id, session_id, slots, order_key FROM run
            WHERE queue_id = :queue AND state = 'PAUSED' AND paused_by IS NULL AND cancel_requested_at IS NULL
              AND pause_sequence = pause_confirmed
            ORDER BY order_key, id LIMIT :limit FOR UPDATE SKIP LOCKED
            """;

    /** Index {@code run_to_dispatch}. Of those only that there is room for. */
    private static final String READY = """
            SELECT r.order_key FROM unnest(:needs) AS n (id) CROSS JOIN LATERAL (
                SELECT order_key, id FROM run WHERE queue_id = :queue AND need_id = n.id AND state = 'QUEUED'
                ORDER BY order_key, id LIMIT :limit) r
            ORDER BY r.order_key, r.id LIMIT :limit
            """;

    /** Each fills its slot from now on; its node is told until it has obeyed. */
    private static final String RESUME = """
            UPDATE run SET state = 'RUNNING', pause_sequence = pause_sequence + 1, paused_at = NULL,
                slice_began_at = clock_timestamp()
            WHERE id = ANY (:runs) AND state = 'PAUSED'
            """;

    private final Needs needs = new Needs();
    private final Candidates candidates;

    Resuming(Candidates candidates) {
        this.candidates = candidates;
    }

    private record Contestant(long run, long session, int slots, long key) {}

    /** Lets at most {@code share} runs of the queue go on. */
    Offered resume(Transaction transaction, QueueTurn turn, int share) {
        QueueHold queue = QueueHold.takeEvenPaused(transaction, turn).orElse(null);
        if (queue == null) {
            return Offered.ELSEWHERE;
        }
        Fleet fleet = candidates.lock(transaction);
        int limit = Math.min(share, queue.allowed(transaction));
        List<Contestant> contestants = limit <= 0 ? List.of() : contestants(transaction, turn.queue());
        if (contestants.isEmpty()) {
            return Offered.NONE;
        }
        List<Long> ready = turn.ready() ? ready(transaction, queue, fleet) : List.of();
        List<Long> winners = winners(contestants, ready, fleet, limit);
        if (winners.isEmpty()) {
            return Offered.NONE;
        }
        write(transaction, winners);
        queue.remember(transaction, winners.size());
        return new Offered(winners.size(), false);
    }

    /** Each ready run of a lower key has a slot somewhere before a contestant has one. */
    private static List<Long> winners(List<Contestant> contestants, List<Long> ready, Fleet fleet, int limit) {
        Map<Long, Integer> free = new HashMap<>();
        fleet.leftOut().stream()
                .filter(one -> LETS_GO_ON.contains(one.reason()))
                .forEach(one -> free.put(one.node().session(), one.node().free()));
        Set<Long> contested = new HashSet<>();
        for (Candidate node : fleet.candidates()) {
            free.put(node.session(), node.free());
            contested.add(node.session());
        }
        int open = fleet.free();
        List<Long> winners = new ArrayList<>();
        for (Contestant one : contestants) {
            boolean isContested = contested.contains(one.session());
            long before = ready.stream().filter(key -> key < one.key()).count();
            boolean room = free.getOrDefault(one.session(), 0) >= one.slots() && (!isContested || open > before);
            if (room && winners.size() < limit) {
                winners.add(one.run());
                free.merge(one.session(), -one.slots(), Integer::sum);
                open -= isContested ? one.slots() : 0;
            }
        }
        return winners;
    }

    private static List<Contestant> contestants(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery(CONTESTANTS)
                .bind("queue", queue)
                .bind("limit", Offering.LARGEST_BATCH)
                .map((row, context) -> new Contestant(
                        row.getLong("id"), row.getLong("session_id"), row.getInt("slots"), row.getLong("order_key")))
                .list();
    }

    private List<Long> ready(Transaction transaction, QueueHold queue, Fleet fleet) {
        Map<Long, Need> known = needs.of(transaction, queue.needs());
        return transaction
                .sql()
                .createQuery(READY)
                .bind("queue", queue.turn().queue())
                .bindArray(
                        "needs",
                        Long.class,
                        queue.needs().stream()
                                .filter(id -> fleet.roomFor(known.get(id)) > 0)
                                .toList())
                .bind("limit", fleet.free())
                .mapTo(Long.class)
                .list();
    }

    private static void write(Transaction transaction, List<Long> runs) {
        int resumed = transaction
                .sql()
                .createUpdate(RESUME)
                .bindArray("runs", Long.class, runs)
                .execute();
        if (resumed != runs.size()) {
            throw new IllegalStateException(resumed + " of " + runs.size() + " locked runs went on; this is a bug");
        }
    }
}

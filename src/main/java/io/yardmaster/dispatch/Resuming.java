package io.yardmaster.dispatch;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.Contest.Contestant;
import io.yardmaster.dispatch.Contest.Rival;
import io.yardmaster.dispatch.Offering.Offered;
import io.yardmaster.job.Need;
import io.yardmaster.job.Needs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Lets paused runs go on: each contests the free slots of its node with its queue's ready runs, lowest order key first. A
 * node that takes nothing new still lets go on what it has paused.
 */
final class Resuming {
    private static final Set<Exclusion> LETS_GO_ON =
            EnumSet.complementOf(EnumSet.of(Exclusion.REVOKED, Exclusion.LAPSED, Exclusion.SILENT, Exclusion.KEPT));

    /**
     * Index {@code run_paused}. What somebody paused by hand contests nothing; a row that is being ended or paused by hand at
     * this moment is skipped.
     */
    static final String CONTESTANTS = """
            SELECT id, session_id, slots, order_key,
                   extract(epoch FROM clock_timestamp() - paused_at)::double precision AS waited
            FROM run
            WHERE queue_id = :queue AND state = 'PAUSED' AND paused_by IS NULL AND cancel_requested_at IS NULL
              AND pause_sequence = pause_confirmed AND session_id = ANY (:sessions)
            ORDER BY order_key, id LIMIT :limit FOR UPDATE SKIP LOCKED
            """;

    /** Index {@code run_to_dispatch}. {@code ungated}: whether it waits for no permit, so that a node may be kept for it. */
    private static final String READY = """
            SELECT r.* FROM unnest(:needs, :most) AS n (id, most) CROSS JOIN LATERAL (
                SELECT w.* FROM ready_generations g CROSS JOIN unnest(g.open) AS o (generation) CROSS JOIN LATERAL (
                    SELECT n.id AS need, order_key, id, permits IS NULL AS ungated,
                           extract(epoch FROM clock_timestamp() - ready_at)::double precision AS waited
                    FROM run
                    WHERE queue_id = :queue AND generation = o.generation AND need_id = n.id AND state = 'QUEUED'
                    ORDER BY order_key, id LIMIT n.most) w
                ORDER BY w.order_key, w.id LIMIT n.most) r
            ORDER BY r.order_key, r.id
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

    /**
     * What came of it.
     *
     * @param kept sessions whose free slots are kept for paused runs that need more of them
     */
    record Resumed(Offered offered, Set<Long> kept) {
        static final Resumed NONE = new Resumed(Offered.NONE, Set.of());
        private static final Resumed ELSEWHERE = new Resumed(Offered.ELSEWHERE, Set.of());
    }

    /** Lets at most {@code share} runs of the queue go on. */
    Resumed resume(Transaction transaction, QueueTurn turn, int share) {
        QueueHold queue = QueueHold.takeEvenPaused(transaction, turn).orElse(null);
        if (queue == null) {
            return Resumed.ELSEWHERE;
        }
        Fleet fleet = candidates.lock(transaction, turn.queue());
        int limit = Math.min(share, queue.allowed(transaction));
        if (limit <= 0) {
            return Resumed.NONE;
        }
        List<Rival> rivals = turn.ready() ? rivals(transaction, queue, fleet) : List.of();
        Contest contest = new Contest(fleet, fleet.leftOut(LETS_GO_ON), rivals, limit);
        Contest.Outcome outcome = contest.among(contestants(transaction, turn.queue(), contest.open()));
        Candidates.keep(transaction, turn.queue(), outcome.kept());
        if (outcome.goOn().isEmpty()) {
            return new Resumed(Offered.NONE, outcome.kept());
        }
        write(transaction, outcome.goOn());
        queue.remember(transaction, outcome.goOn().size());
        return new Resumed(new Offered(outcome.goOn().size(), false), outcome.kept());
    }

    private static List<Contestant> contestants(Transaction transaction, long queue, List<Long> sessions) {
        return transaction
                .sql()
                .createQuery(CONTESTANTS)
                .bind("queue", queue)
                .bindArray("sessions", Long.class, sessions)
                .bind("limit", Offering.LARGEST_BATCH)
                .map((row, context) -> new Contestant(
                        row.getLong("id"),
                        row.getLong("session_id"),
                        row.getInt("slots"),
                        row.getLong("order_key"),
                        row.getDouble("waited")))
                .list();
    }

    private List<Rival> rivals(Transaction transaction, QueueHold queue, Fleet fleet) {
        Map<Long, Need> known = needs.of(transaction, queue.needs());
        ReadyRuns.Wanted wanted = ReadyRuns.Wanted.of(queue.needs(), known, fleet, fleet.free());
        return transaction
                .sql()
                .createQuery(READY)
                .bind("queue", queue.turn().queue())
                .bindNamedArgumentFinder(Columns.of(wanted.most().entrySet())
                        .with("needs", Long.class, Map.Entry::getKey)
                        .with("most", Integer.class, Map.Entry::getValue))
                .map((row, context) -> rival(row, known, wanted, fleet))
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** Null for one that has neither room nor a node kept for it. */
    private static Rival rival(ResultSet row, Map<Long, Need> known, ReadyRuns.Wanted wanted, Fleet fleet)
            throws SQLException {
        Need need = known.get(row.getLong("need"));
        if (!wanted.later().contains(row.getLong("need"))) {
            return new Rival(row.getLong("order_key"), need.slots(), null);
        }
        boolean keeps = row.getBoolean("ungated") && row.getDouble("waited") >= Seating.RESERVED_AFTER_SECONDS;
        return keeps
                ? new Rival(
                        row.getLong("order_key"),
                        need.slots(),
                        fleet.reserved(need, row.getDouble("waited")).session())
                : null;
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

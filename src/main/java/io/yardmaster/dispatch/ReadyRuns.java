package io.yardmaster.dispatch;

import io.yardmaster.database.Columns;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Need;
import io.yardmaster.job.Needs;
import io.yardmaster.lock.Claims;
import io.yardmaster.lock.LockGrants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the head of a queue: of each need for which some node has room, the first runs, merged by order key. Runs that no
 * node has room for are not read, so they delay nobody behind them, however many they are; of a need of several slots the
 * first run is, since a node may have to be kept for it.
 */
final class ReadyRuns {
    /**
     * Index {@code run_to_dispatch}, read in its order in each open generation. A row that is being cancelled at this moment is skipped; since
     * these locks are never waited for, their order does no harm.
     */
    static final String READY = """
            SELECT r.* FROM unnest(:needs, :most) AS n (id, most) CROSS JOIN LATERAL (
                SELECT w.* FROM ready_generations g CROSS JOIN unnest(g.open) AS o (generation) CROSS JOIN LATERAL (
                    SELECT id, epoch, job_id, need_id, order_key, permits, coalesce(predicted_seconds, :unknown) AS seconds, claim_id,
                           CASE WHEN claim_id IS NOT NULL THEN ticket_key(order_key, ready_at, :fair) END AS ticket_key,
                           extract(epoch FROM clock_timestamp() - ready_at)::double precision AS waited
                    FROM run
                    WHERE queue_id = :queue AND generation = o.generation AND need_id = n.id AND state = 'QUEUED'
                    ORDER BY order_key, id LIMIT n.most FOR UPDATE SKIP LOCKED) w
                ORDER BY w.order_key, w.id LIMIT n.most) r
            ORDER BY r.order_key, r.id LIMIT :limit
            """;

    /** So that no transaction is long. */
    private static final int MOST_LOOKS = 4;

    private final Needs needs = new Needs();
    private final Claims claims = new Claims();

    /**
     * Locked, in their order: at most {@code limit} that there is room for, and of each need of several slots for which there
     * is none, the first.
     */
    Heads of(Transaction transaction, QueueHold queue, Fleet fleet, int limit) {
        Map<Long, Need> known = needs.of(transaction, queue.needs());
        Wanted wanted = Wanted.of(queue.needs(), known, fleet, limit);
        if (wanted.most().isEmpty()) {
            return new Heads(
                    List.of(), new LockGrants(transaction, claims, queue.turn().queue()), true);
        }
        Passes passes = new Passes(
                new LockGrants(transaction, claims, queue.turn().queue()), new Permits(transaction), wanted.later());
        List<Found> found = passing(
                transaction, new Look(queue, wanted, limit + wanted.later().size()), passes);
        return new Heads(
                within(limit, found, wanted.later()).stream()
                        .map(one -> one.as(known.get(one.need())))
                        .toList(),
                passes.locks(),
                passes.areWhole() && passes.areClear());
    }

    /**
     * What of a queue may go.
     *
     * @param locks to be settled once it is known what goes
     * @param whole whether there are no others; if not they are to be looked at again soon
     */
    record Heads(List<ReadyRun> runs, LockGrants locks, boolean whole) {}

    /** Past those without their locks or a permit, each of which is seen once: it is blocked then. */
    private static List<Found> passing(Transaction transaction, Look first, Passes passes) {
        List<Found> go = passes.pass(read(transaction, first));
        for (int look = 1; look < MOST_LOOKS && !passes.areClear(); look++) {
            go = passes.pass(read(transaction, first.wider()));
        }
        return go;
    }

    /**
     * How many runs of each need to read.
     *
     * @param most by need
     * @param later those of several slots for which some node is large enough, but none has room: no more than the first is
     *     read, since a node may have to be kept for it
     */
    record Wanted(Map<Long, Integer> most, Set<Long> later) {
        static Wanted of(List<Long> needs, Map<Long, Need> known, Fleet fleet, int limit) {
            Map<Long, Integer> most = new LinkedHashMap<>();
            Set<Long> later = new HashSet<>();
            for (long id : needs) {
                Need need = known.get(id);
                int room = fleet.roomFor(need);
                if (room > 0) {
                    most.put(id, Math.min(room, limit));
                } else if (need.slots() > 1 && !fleet.fitting(need).candidates().isEmpty()) {
                    most.put(id, 1);
                    later.add(id);
                }
            }
            return new Wanted(most, later);
        }

        Wanted wider() {
            Map<Long, Integer> more = new LinkedHashMap<>(most);
            more.replaceAll((need, count) -> later.contains(need) ? count : count + Offering.LARGEST_BATCH);
            return new Wanted(more, later);
        }
    }

    /** @param limit in all */
    private record Look(QueueHold queue, Wanted wanted, int limit) {
        Look wider() {
            return new Look(queue, wanted.wider(), limit + Offering.LARGEST_BATCH);
        }
    }

    /**
     * Row of a run, by the id of its need.
     *
     * @param claim of the locks that it needs; null for none
     * @param key its place before these
     */
    record Found(
            RunEpoch ref, long job, long need, double waited, double seconds, Integer permits, Long claim, long key) {
        ReadyRun as(Need known) {
            return new ReadyRun(ref, job, known, waited, seconds);
        }
    }

    private static List<Found> read(Transaction transaction, Look look) {
        return transaction
                .sql()
                .createQuery(READY)
                .bind("queue", look.queue().turn().queue())
                .bind("fair", look.queue().fair())
                .bindNamedArgumentFinder(Columns.of(look.wanted().most().entrySet())
                        .with("needs", Long.class, Map.Entry::getKey)
                        .with("most", Integer.class, Map.Entry::getValue))
                .bind("unknown", ReadyRun.UNKNOWN_SECONDS)
                .bind("limit", look.limit())
                .map((row, context) -> new Found(
                        new RunEpoch(row.getLong("id"), row.getLong("epoch")),
                        row.getLong("job_id"),
                        row.getLong("need_id"),
                        row.getDouble("waited"),
                        row.getDouble("seconds"),
                        row.getObject("permits", Integer.class),
                        row.getObject("claim_id", Long.class),
                        row.getLong("ticket_key")))
                .list();
    }

    private static List<Found> within(int limit, List<Found> found, Set<Long> later) {
        List<Found> kept = new ArrayList<>();
        int counted = 0;
        for (Found one : found) {
            boolean counts = !later.contains(one.need());
            counted += counts ? 1 : 0;
            if (!counts || counted <= limit) {
                kept.add(one);
            }
        }
        return kept;
    }
}

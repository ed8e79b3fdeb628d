package io.yardmaster.dispatch;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Database;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.Need;
import io.yardmaster.job.Needs;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Asks runs of queues with time slices to pause when their slice is over and others wait for their slot. */
final class Slicing {
    private static final Duration NOTHING_TO_COME = Duration.ofDays(1);
    private static final Duration SOONEST = Duration.ofMillis(20);

    /** There are few queues; where none has slices, this is all that slices cost. */
    private static final String QUEUES =
            "SELECT id FROM queue WHERE policy = 'ROUND_ROBIN' AND archived_at IS NULL ORDER BY id";

    /** A queue that somebody else is serving is skipped, not waited for. */
    private static final String LOCK = """
            SELECT 1000 * coalesce(q.quantum_seconds, 10) FROM queue_state s JOIN queue q ON q.id = s.queue_id
            WHERE s.queue_id = :queue AND q.policy = 'ROUND_ROBIN' FOR UPDATE OF s SKIP LOCKED
            """;

    /** Index {@code run_on_session}: as many rows as there are slots in use. The kind of task decides, not its script. What has locks is not paused. */
    static final String RUNNING = """
            SELECT r.id, r.session_id, r.pause_sequence IS DISTINCT FROM r.pause_confirmed AS asked,
                   r.cancel_requested_at IS NOT NULL OR r.claim_id IS NOT NULL AS ending,
                   CAST(extract(epoch FROM clock_timestamp() - coalesce(r.slice_began_at, r.started_at)) * 1000 AS bigint)
                       AS ran,
                   jsonb_build_object('task', jsonb_build_object('type', v.task_type)) AS kind
            FROM run r JOIN job_version v ON v.job_id = r.job_id AND v.version = r.job_version
            WHERE r.queue_id = :queue AND r.session_id IS NOT NULL AND r.state = 'RUNNING'
            """;

    /** Index {@code run_on_session}. */
    private static final String PAUSED = """
            SELECT r.session_id, CAST(count(*) AS integer) AS paused,
                   CAST(count(*) FILTER (WHERE r.paused_by IS NULL AND r.cancel_requested_at IS NULL) AS integer)
                       AS contestants
            FROM run r WHERE r.session_id = ANY (:sessions) AND r.state = 'PAUSED' GROUP BY r.session_id
            """;

    /** By need; index {@code run_to_dispatch}. A paused queue gives nothing out. */
    private static final String READY = """
            SELECT l.need AS id, CAST(sum((SELECT count(*) FROM (
                SELECT FROM run
                WHERE queue_id = q.id AND generation = l.generation AND need_id = l.need AND state = 'QUEUED'
                ORDER BY order_key, id LIMIT :limit) w)) AS integer) AS ready
            FROM queue q CROSS JOIN waiting_lines(q.id) l WHERE q.id = :queue AND q.paused_at IS NULL GROUP BY l.need
            """;

    private static final String ASK = """
            UPDATE run SET pause_sequence = coalesce(pause_sequence, 0) + 1, pause_confirmed = coalesce(pause_confirmed, 0),
                paused_by = NULL
            WHERE id = ANY (:runs) AND state = 'RUNNING' AND cancel_requested_at IS NULL
              AND pause_sequence IS NOT DISTINCT FROM pause_confirmed
            """;

    /** Each keeps its memory. */
    private static final int MOST_PAUSED_PER_SLOT = 4;

    private final Needs needs = new Needs();
    private final Database database;
    private final Candidates candidates;

    Slicing(Database database, Candidates candidates) {
        this.database = database;
        this.candidates = candidates;
    }

    /** Ends the slices that are over. @return how long until the next one is */
    Duration end() {
        List<Long> queues = database.inTransaction(transaction ->
                transaction.sql().createQuery(QUEUES).mapTo(Long.class).list());
        OptionalLong next = queues.stream()
                .map(queue -> database.inTransaction(transaction -> end(transaction, queue)))
                .flatMapToLong(OptionalLong::stream)
                .min();
        return next.isEmpty() ? NOTHING_TO_COME : Duration.ofMillis(Math.max(SOONEST.toMillis(), next.getAsLong()));
    }

    private OptionalLong end(Transaction transaction, long queue) {
        Optional<Long> quantum = transaction
                .sql()
                .createQuery(LOCK)
                .bind("queue", queue)
                .mapTo(Long.class)
                .findFirst();
        if (quantum.isEmpty()) {
            return OptionalLong.empty();
        }
        Slices slices = read(transaction, queue, quantum.get());
        List<Long> over = slices.over();
        if (!over.isEmpty()) {
            transaction
                    .sql()
                    .createUpdate(ASK)
                    .bindArray("runs", Long.class, over)
                    .execute();
            transaction.announce(Channel.NODE_NEWS);
        }
        return slices.next();
    }

    private Slices read(Transaction transaction, long queue, long quantum) {
        List<Slices.Running> running = transaction
                .sql()
                .createQuery(RUNNING)
                .bind("queue", queue)
                .map((row, context) -> new Slices.Running(
                        row.getLong("id"),
                        row.getLong("session_id"),
                        row.getLong("ran"),
                        row.getBoolean("asked"),
                        !row.getBoolean("ending")
                                && JobDefinition.forRun(row.getString("kind")).canPause()))
                .list();
        if (running.isEmpty()) {
            return new Slices(quantum, running, Map.of(), 0);
        }
        Map<Need, Integer> ready = ready(transaction, queue, running.size());
        Fleet fleet = candidates.look(transaction);
        Map<Long, Paused> paused = paused(transaction, fleet.sessions());
        Map<Long, Slices.Place> places = new HashMap<>();
        fleet.leftOut().forEach(one -> places.put(one.node().session(), place(one.node(), Map.of(), paused)));
        fleet.candidates().forEach(one -> places.put(one.session(), place(one, ready, paused)));
        int all = ready.values().stream().mapToInt(Integer::intValue).sum();
        return new Slices(quantum, running, places, all);
    }

    private static Slices.Place place(Candidate node, Map<Need, Integer> ready, Map<Long, Paused> paused) {
        int fitting = ready.entrySet().stream()
                .filter(one -> one.getKey().slots() <= node.room().slots())
                .filter(one -> one.getKey().fits(node.labels()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        Paused here = paused.getOrDefault(node.session(), new Paused(0, 0));
        int room = MOST_PAUSED_PER_SLOT * node.room().slots() - here.all();
        return new Slices.Place(room, here.contestants(), fitting);
    }

    /** Paused runs of one node, and those of them that wait for a slot. */
    private record Paused(int all, int contestants) {}

    private static Map<Long, Paused> paused(Transaction transaction, List<Long> sessions) {
        return transaction
                .sql()
                .createQuery(PAUSED)
                .bindArray("sessions", Long.class, sessions)
                .map((row, context) -> Map.entry(
                        row.getLong("session_id"), new Paused(row.getInt("paused"), row.getInt("contestants"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<Need, Integer> ready(Transaction transaction, long queue, int limit) {
        Map<Long, Integer> byNeed = transaction
                .sql()
                .createQuery(READY)
                .bind("queue", queue)
                .bind("limit", limit)
                .map((row, context) -> Map.entry(row.getLong("id"), row.getInt("ready")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<Long, Need> known = needs.of(transaction, byNeed.keySet());
        return byNeed.entrySet().stream()
                .collect(Collectors.toMap(one -> known.get(one.getKey()), Map.Entry::getValue));
    }
}

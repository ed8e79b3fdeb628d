package io.yardmaster.dispatch;

import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.Obstacle.Kind;
import io.yardmaster.job.Need;
import io.yardmaster.job.Needs;
import io.yardmaster.lock.LockWaits;
import io.yardmaster.lock.LockWaits.ConditionWait;
import io.yardmaster.lock.LockWaits.LockWait;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Tells why a run waits and when it will probably start. Reads only. */
public final class WhyWaiting {
    /** Indexes {@code run_pkey}, {@code run_on_session}. */
    private static final String FACTS = """
            SELECT r.state, r.blocked_reason, r.wake_at, r.held_at, r.held_by, r.held_reason, r.queue_id, r.need_id, r.order_key,
                   q.namespace || '/' || q.name AS queue, q.paused_at, q.max_running,
                   (SELECT count(*) FROM run b WHERE b.queue_id = q.id AND b.session_id IS NOT NULL) AS on_nodes
            FROM run r JOIN queue q ON q.id = r.queue_id
            WHERE r.id = :run AND r.state IN ('QUEUED', 'BLOCKED', 'HELD')
            """;

    /** Index {@code run_to_dispatch}, in its order and as far as it is counted. */
    static final String AHEAD = """
            SELECT coalesce(array_agg(coalesce(predicted_seconds, 'Infinity')), '{}') FROM (
                SELECT r.predicted_seconds FROM waiting_lines(:queue) l CROSS JOIN LATERAL (
                    SELECT predicted_seconds, order_key, id FROM run
                    WHERE queue_id = :queue AND generation = l.generation AND need_id = l.need AND state = 'QUEUED'
                        AND (order_key, id) < (:key, :run)
                    ORDER BY order_key, id LIMIT :most) r
                ORDER BY r.order_key, r.id LIMIT :most) first
            """;

    private static final String LOCK = "LOCK";

    private final Needs needs = new Needs();
    private final Candidates candidates;

    WhyWaiting(Candidates candidates) {
        this.candidates = candidates;
    }

    private record Facts(
            String state,
            String reason,
            Obstacle own,
            long queue,
            String queueName,
            Instant pausedAt,
            Integer maxRunning,
            int onNodes,
            long need,
            long key) {
        static Facts map(ResultSet row, StatementContext context) throws SQLException {
            Obstacle own = switch (row.getString("state")) {
                case "HELD" ->
                    Obstacle.held(instant(row, "held_at"), row.getString("held_by"), row.getString("held_reason"));
                case "BLOCKED" -> Obstacle.blocked(row.getString("blocked_reason"), instant(row, "wake_at"));
                default -> null;
            };
            return new Facts(
                    row.getString("state"),
                    row.getString("blocked_reason"),
                    own,
                    row.getLong("queue_id"),
                    row.getString("queue"),
                    instant(row, "paused_at"),
                    row.getObject("max_running", Integer.class),
                    row.getInt("on_nodes"),
                    row.getLong("need_id"),
                    row.getLong("order_key"));
        }

        private static Instant instant(ResultSet row, String column) throws SQLException {
            OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
            return value == null ? null : value.toInstant();
        }
    }

    /** Empty if the run does not wait. */
    public Optional<Waiting> of(Transaction transaction, long run) {
        return transaction
                .sql()
                .createQuery(FACTS)
                .bind("run", run)
                .map(Facts::map)
                .findFirst()
                .map(facts -> {
                    if (facts.own() == null) {
                        return ready(transaction, run, facts);
                    }
                    return LOCK.equals(facts.reason()) ? locked(transaction, run, facts) : keptBack(facts);
                });
    }

    private static Waiting keptBack(Facts facts) {
        List<Obstacle> obstacles = new ArrayList<>(List.of(facts.own()));
        addPause(facts, obstacles);
        boolean foreseen = !facts.state().equals("HELD") && facts.pausedAt() == null;
        return new Waiting(null, obstacles, foreseen ? facts.own().at() : null);
    }

    /** By the locks that refuse it; whether a node has room then is not foreseen. */
    private static Waiting locked(Transaction transaction, long run, Facts facts) {
        List<LockWait> waits = LockWaits.of(transaction, run);
        List<Obstacle> obstacles =
                new ArrayList<>(waits.stream().map(Obstacle::waitsFor).toList());
        List<ConditionWait> conditions = LockWaits.conditions(transaction, run);
        conditions.stream().map(Obstacle::waitsFor).forEach(obstacles::add);
        if (obstacles.isEmpty()) {
            obstacles.add(facts.own());
        }
        addPause(facts, obstacles);
        double seconds = waits.stream().mapToDouble(LockWait::seconds).max().orElse(Double.POSITIVE_INFINITY);
        boolean foreseen = facts.pausedAt() == null && conditions.isEmpty();
        return new Waiting(null, obstacles, foreseen ? start(transaction, seconds) : null);
    }

    private Waiting ready(Transaction transaction, long run, Facts facts) {
        double[] ahead = ahead(transaction, run, facts);
        Need need = needs.of(transaction, List.of(facts.need())).get(facts.need());
        Fleet fleet = candidates.look(transaction);
        Fleet fitting = fleet.fitting(need);
        Lanes lanes = Lanes.read(transaction, fitting, facts.queue());
        List<Obstacle> obstacles = new ArrayList<>();
        addPause(facts, obstacles);
        if (facts.maxRunning() != null && facts.onNodes() >= facts.maxRunning()) {
            obstacles.add(Obstacle.of(Kind.QUEUE_FULL, null, facts.onNodes(), facts.maxRunning()));
        }
        addNodes(need, fleet, fitting, obstacles);
        boolean kept = fitting.roomFor(need) > 0
                && candidates.look(transaction, facts.queue()).roomFor(need) == 0;
        if (kept) {
            obstacles.add(Obstacle.of(Kind.KEPT, null));
        }
        if (ahead.length > 0) {
            obstacles.add(
                    ahead.length > Waiting.MOST_AHEAD
                            ? Obstacle.of(Kind.BEHIND_MANY, null)
                            : Obstacle.of(Kind.BEHIND, null, ahead.length));
        }
        if (obstacles.isEmpty()) {
            obstacles.add(Obstacle.of(Kind.NOTHING, null));
        }
        boolean foreseen = facts.pausedAt() == null && !kept && ahead.length <= Waiting.MOST_AHEAD;
        return new Waiting(
                ahead.length,
                obstacles,
                foreseen ? start(transaction, lanes.startAfter(ahead, facts.maxRunning())) : null);
    }

    private static void addNodes(Need need, Fleet fleet, Fleet fitting, List<Obstacle> obstacles) {
        if (fleet.candidates().isEmpty()) {
            obstacles.add(Obstacle.of(Kind.NO_NODE, null));
        } else if (fitting.candidates().isEmpty()) {
            obstacles.add(Obstacle.of(Kind.NO_FIT, null, need.inWords()));
        } else if (fitting.free() == 0) {
            obstacles.add(Obstacle.of(Kind.NO_SLOT, null, fitting.busy(), fitting.slots()));
        } else if (fitting.roomFor(need) == 0) {
            obstacles.add(Obstacle.of(Kind.NO_ROOM, null, need.slots()));
        }
    }

    private static void addPause(Facts facts, List<Obstacle> obstacles) {
        if (facts.pausedAt() != null) {
            obstacles.add(Obstacle.of(Kind.QUEUE_PAUSED, facts.pausedAt(), facts.queueName()));
        }
    }

    private static double[] ahead(Transaction transaction, long run, Facts facts) {
        Double[] seconds = transaction
                .sql()
                .createQuery(AHEAD)
                .bind("queue", facts.queue())
                .bind("key", facts.key())
                .bind("run", run)
                .bind("most", Waiting.MOST_AHEAD + 1)
                .mapTo(Double[].class)
                .one();
        return Arrays.stream(seconds).mapToDouble(Double::doubleValue).toArray();
    }

    private static Instant start(Transaction transaction, double seconds) {
        return Double.isFinite(seconds) ? transaction.now().plus(Duration.ofMillis(Math.round(seconds * 1000))) : null;
    }
}

package io.yardmaster.web.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.database.Transaction;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether runs get through, told by the canary.
 *
 * @param state what the canary says
 * @param hop where it got stuck; null unless {@code STUCK}
 * @param message one sentence for people
 * @param lastThrough when a canary last reached its end; null if none did yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Flow(State state, Hop hop, String message, Instant lastThrough) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What the canary says. */
    public enum State {
        FLOWING,
        STARTING,
        STUCK,
        OFF
    }

    /** The stations of a run's way. */
    public enum Hop {
        FIRE,
        DISPATCH,
        ACCEPT,
        EXECUTE
    }

    /** Indexes {@code job_by_name}, {@code fire_pkey}, {@code run_history_by_job}, {@code run_by_job}. */
    private static final String FACTS = """
            SELECT clock_timestamp() AS now, s.effective_from AS since,
                   (s.disabled_at IS NULL AND j.disabled_at IS NULL) AS enabled,
                   (SELECT max(f.nominal_at) FROM fire f WHERE f.timetable_id = s.timetable_id) AS fired_at,
                   (SELECT h.ended_at FROM run_history h WHERE h.job_id = j.id AND h.state = 'SUCCEEDED'
                    ORDER BY h.id DESC LIMIT 1) AS through_at,
                   (SELECT r.state FROM run r WHERE r.job_id = j.id ORDER BY r.id LIMIT 1) AS oldest_state,
                   EXISTS (SELECT FROM node_session n WHERE n.state = 'LIVE') AS any_node
            FROM job j JOIN schedule s ON s.job_id = j.id AND s.archived_at IS NULL
            WHERE j.namespace = 'system' AND j.name = 'canary' AND j.archived_at IS NULL
            ORDER BY s.id LIMIT 1
            """;

    private record Facts(
            Instant now,
            Instant since,
            boolean enabled,
            Instant firedAt,
            Instant throughAt,
            String oldestState,
            boolean anyNode) {}

    static Flow read(Transaction transaction) {
        return transaction
                .sql()
                .createQuery(FACTS)
                .map((row, context) -> new Facts(
                        instant(row, "now"),
                        instant(row, "since"),
                        row.getBoolean("enabled"),
                        instant(row, "fired_at"),
                        instant(row, "through_at"),
                        row.getString("oldest_state"),
                        row.getBoolean("any_node")))
                .findFirst()
                .map(Flow::of)
                .orElseGet(() -> new Flow(State.OFF, null, "there is no canary: job system/canary is missing", null));
    }

    private static Flow of(Facts facts) {
        Instant limit = facts.now().minus(PATIENCE);
        if (!facts.enabled()) {
            return new Flow(State.OFF, null, "job system/canary is switched off", facts.throughAt());
        }
        if (facts.throughAt() != null && facts.throughAt().isAfter(limit)) {
            return new Flow(State.FLOWING, null, "runs get through", facts.throughAt());
        }
        if (facts.since().isAfter(limit)) {
            return new Flow(State.STARTING, null, "the first canary is under way", facts.throughAt());
        }
        return stuck(facts, limit);
    }

    private static Flow stuck(Facts facts, Instant limit) {
        if (facts.firedAt() == null || facts.firedAt().isBefore(limit)) {
            return stuck(facts, Hop.FIRE, "schedules are not fired");
        }
        String state = facts.oldestState() == null ? "QUEUED" : facts.oldestState();
        return switch (state) {
            case "ASSIGNED" -> stuck(facts, Hop.ACCEPT, "nodes do not answer offers");
            case "RUNNING", "PAUSED" -> stuck(facts, Hop.EXECUTE, "a node has the canary and does not report its end");
            default ->
                stuck(
                        facts,
                        Hop.DISPATCH,
                        facts.anyNode() ? "runs wait although nodes are online" : "no node is online");
        };
    }

    private static Flow stuck(Facts facts, Hop hop, String why) {
        return new Flow(State.STUCK, hop, "no canary got through for 3 minutes: " + why, facts.throughAt());
    }

    private static Instant instant(java.sql.ResultSet row, String column) throws java.sql.SQLException {
        var value = row.getObject(column, java.time.OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}

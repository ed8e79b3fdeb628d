package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.queue.Balancing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each batch leaves a record of who was chosen and why. */
final class DecisionIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private Database database;
    private Yard yard;

    @BeforeEach
    void emptyYard(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
    }

    @Test
    void a_run_knows_why_it_went_where_it_went_even_when_it_is_over() {
        long queue = queue("LEAST_CONNECTIONS", null);
        Yard.Place busy = yard.place(4);
        yard.startedOn(busy, yard.noop());
        Yard.Place idle = yard.place(2);
        long run = yard.runs(yard.noop(), queue, 1).get(0);
        yard.dispatchOnce();
        RunDecision decision = decision(run);
        assertThat(decision.balancer()).isEqualTo(Balancing.LEAST_CONNECTIONS);
        assertThat(decision.server()).isEqualTo("depot:1");
        assertThat(decision.tied()).isFalse();
        assertThat(decision.shadow()).isNull();
        assertThat(decision.nodes())
                .extracting(
                        RunDecision.Option::node,
                        RunDecision.Option::chosen,
                        RunDecision.Option::busy,
                        RunDecision.Option::score)
                .containsExactly(
                        tuple(Long.toString(busy.node()), false, 1, -1f),
                        tuple(Long.toString(idle.node()), true, 0, 0f));
        yard.finish(yard.acceptAll(idle));
        assertThat(decision(run)).isEqualTo(decision);
    }

    @Test
    void the_second_of_a_batch_sees_what_the_first_got_and_learns_of_the_tie() {
        Yard.Place first = yard.place(3);
        Yard.Place second = yard.place(3);
        List<Long> runs = yard.runs(yard.noop(), null, 3);
        yard.dispatchOnce();
        RunDecision third = decision(runs.get(2));
        assertThat(third.position()).isEqualTo(3);
        assertThat(third.runs()).isEqualTo(3);
        assertThat(third.tied()).isTrue();
        assertThat(third.nodes()).extracting(RunDecision.Option::busy).containsExactly(1, 1);
        assertThat(third.nodes().get(0).chosen()).isTrue();
        assertThat(first.node()).isLessThan(second.node());
    }

    @Test
    void who_was_left_out_is_told_with_the_reason() {
        Map<String, Exclusion> reasons = Map.of(
                "UPDATE node_session SET draining = true WHERE id = :session", Exclusion.STOPPING,
                "UPDATE node_session SET lapsed_at = clock_timestamp() WHERE id = :session", Exclusion.LAPSED,
                "UPDATE node_session SET lease_until = clock_timestamp() + interval '9 s' WHERE id = :session",
                        Exclusion.SILENT,
                "UPDATE node SET state = 'DRAINING' WHERE id = (SELECT node_id FROM node_session WHERE id = :session)",
                        Exclusion.DRAINING,
                "UPDATE node SET state = 'MAINTENANCE' WHERE id = (SELECT node_id FROM node_session WHERE id = :session)",
                        Exclusion.MAINTENANCE,
                "UPDATE node SET revoked_at = now() WHERE id = (SELECT node_id FROM node_session WHERE id = :session)",
                        Exclusion.REVOKED);
        reasons.keySet()
                .forEach(change ->
                        yard.change(change, Map.of("session", yard.place(1).session())));
        yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatchOnce();
        assertThat(decision(run).nodes().stream()
                        .map(RunDecision.Option::exclusion)
                        .filter(Objects::nonNull))
                .containsExactlyInAnyOrderElementsOf(reasons.values());
    }

    @Test
    void a_shadow_decides_beside_and_changes_nothing() {
        long queue = queue("STICKY", "LEAST_CONNECTIONS");
        yard.place(10);
        yard.place(10);
        long job = yard.noop();
        List<Long> runs = yard.runs(job, queue, 4);
        yard.change("UPDATE run SET predicted_seconds = 10", Map.of());
        yard.dispatchOnce();
        assertThat(yard.count("SELECT count(DISTINCT node_id) FROM run")).isEqualTo(1);
        assertThat(runs.stream().map(run -> decision(run).agreed())).containsOnly(true, false);
        Decisions.Comparison comparison = database.inTransaction(transaction -> Decisions.compare(transaction, queue));
        // on one node 0, 1, 2 and 3 s of work per slot stand before each; on two 0, 0, 1 and 1
        assertThat(comparison).isEqualTo(new Decisions.Comparison(4, 2, 1.0));
        assertThat(comparison.share()).isEqualTo(50);
    }

    @Test
    void a_shadow_remembers_for_itself() {
        long queue = queue("WEIGHTED_ROUND_ROBIN", "WEIGHTED_ROUND_ROBIN");
        yard.place(30);
        yard.place(30);
        yard.change("UPDATE node SET weight = CASE WHEN id = (SELECT min(id) FROM node) THEN 3 ELSE 1 END", Map.of());
        for (int i = 0; i < 8; i++) {
            yard.runs(yard.noop(), queue, 1);
            yard.dispatchOnce();
        }
        Decisions.Comparison comparison = database.inTransaction(transaction -> Decisions.compare(transaction, queue));
        assertThat(comparison).isEqualTo(new Decisions.Comparison(8, 0, 0.0));
        assertThat(yard.count("SELECT count(*) FROM run WHERE node_id = (SELECT min(id) FROM node)"))
                .isEqualTo(6);
    }

    // a decision of 500 runs keeps the winners' scores alone
    @Test
    void a_large_batch_tells_the_winners_score_only() {
        for (int i = 0; i < 3; i++) {
            yard.place(200);
        }
        List<Long> runs = yard.runs(yard.noop(), null, 450);
        yard.dispatchOnce();
        assertThat(decision(runs.get(449)).nodes())
                .extracting(RunDecision.Option::busy, RunDecision.Option::score)
                .containsExactly(tuple(150, null), tuple(150, null), tuple(149, 0f));
    }

    private long queue(String balancer, String shadow) {
        long queue = yard.queue(1, null);
        yard.change(
                "UPDATE queue SET balancer = :balancer, shadow = nullif(:shadow, '') WHERE id = :queue",
                Map.of("queue", queue, "balancer", balancer, "shadow", shadow == null ? "" : shadow));
        return queue;
    }

    private RunDecision decision(long run) {
        return database.inTransaction(transaction -> Decisions.ofRun(transaction, run))
                .orElseThrow();
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RoundRobinTest {
    private final Balancer balancer = Balancer.named("ROUND_ROBIN");

    @Test
    void nobody_is_chosen_from_nobody() {
        Balancer.Choices choices = balancer.choose(List.of(), new BalancerState(7), 5);
        assertThat(choices.chosen()).isEmpty();
        assertThat(choices.state()).isEqualTo(new BalancerState(7));
    }

    @Test
    void the_next_batch_goes_on_where_the_last_one_stopped() {
        List<Candidate> nodes = nodes(List.of(9, 9, 9));
        Balancer.Choices first = balancer.choose(nodes, new BalancerState(0), 2);
        Balancer.Choices second = balancer.choose(nodes, first.state(), 2);
        assertThat(first.chosen()).extracting(Candidate::node).containsExactly(1L, 2L);
        assertThat(second.chosen()).extracting(Candidate::node).containsExactly(3L, 1L);
    }

    @Test
    void no_node_gets_more_than_it_has_free_and_no_slot_stays_free_while_runs_wait() {
        qt().forAll(
                        lists().of(integers().between(0, 12)).ofSizeBetween(0, 9),
                        integers().between(0, 60))
                .checkAssert((free, runs) -> {
                    List<Candidate> nodes = nodes(free);
                    Map<Candidate, Long> got = counted(nodes, runs);
                    got.forEach((node, count) -> assertThat(count).isLessThanOrEqualTo(node.free()));
                    int all = free.stream().mapToInt(Integer::intValue).sum();
                    assertThat(got.values().stream().mapToLong(Long::longValue).sum())
                            .isEqualTo(Math.min(all, runs));
                });
    }

    @Test
    void shares_differ_by_at_most_one_between_nodes_that_are_not_full() {
        qt().forAll(
                        lists().of(integers().between(0, 12)).ofSizeBetween(1, 9),
                        integers().between(0, 60))
                .checkAssert((free, runs) -> {
                    List<Candidate> nodes = nodes(free);
                    Map<Candidate, Long> got = counted(nodes, runs);
                    long most = got.values().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0);
                    for (Candidate node : nodes) {
                        long mine = got.getOrDefault(node, 0L);
                        assertThat(mine == node.free() || mine >= most - 1).isTrue();
                    }
                });
    }

    // R11: no clock, no chance and no order of arrival goes in
    @Test
    void every_server_chooses_the_same() {
        qt().forAll(
                        lists().of(integers().between(0, 12)).ofSizeBetween(0, 9),
                        integers().between(0, 60),
                        integers().between(0, 10))
                .checkAssert((free, runs, cursor) -> {
                    List<Candidate> nodes = nodes(free);
                    List<Candidate> shuffled = new ArrayList<>(nodes);
                    Collections.reverse(shuffled);
                    assertThat(balancer.choose(shuffled, new BalancerState(cursor), runs))
                            .isEqualTo(balancer.choose(nodes, new BalancerState(cursor), runs));
                });
    }

    private Map<Candidate, Long> counted(List<Candidate> nodes, int runs) {
        return balancer.choose(nodes, new BalancerState(0), runs).chosen().stream()
                .collect(Collectors.groupingBy(node -> node, Collectors.counting()));
    }

    private static List<Candidate> nodes(List<Integer> free) {
        List<Candidate> nodes = new ArrayList<>();
        for (int slots : free) {
            long id = nodes.size() + 1L;
            nodes.add(new Candidate(id * 100, id, 1, slots + 3, 3));
        }
        return nodes;
    }
}

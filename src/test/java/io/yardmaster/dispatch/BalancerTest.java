package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.yardmaster.job.Need;
import io.yardmaster.queue.Balancing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.quicktheories.core.Gen;

/** What holds for every balancer. */
final class BalancerTest {
    private static final Need GPU = new Need(2, List.of("gpu"), List.of(), List.of("zone=b"));
    private static final List<String[]> KINDS = List.of(
            new String[] {},
            new String[] {"gpu=a100"},
            new String[] {"gpu"},
            new String[] {"gpu", "zone=b"},
            new String[] {"zone=b"});

    private static Gen<List<Integer>> free() {
        return lists().of(integers().between(0, 12)).ofSizeBetween(0, 9);
    }

    @ParameterizedTest
    @EnumSource
    void nobody_is_chosen_from_nobody(Balancing kind) {
        BalancerState state = new BalancerState(7, Map.of());
        Balancer.Choices choices = Balancer.of(kind).choose(List.of(), state, Nodes.runs(1, 5));
        assertThat(choices).isEqualTo(new Balancer.Choices(List.of(), state, Set.of()));
    }

    @ParameterizedTest
    @EnumSource
    void no_node_gets_more_than_it_has_free_and_no_slot_stays_free_while_runs_wait(Balancing kind) {
        qt().withExamples(200).forAll(free(), integers().between(0, 60)).checkAssert((free, runs) -> {
            List<Candidate> nodes = Nodes.withFree(free);
            Map<Long, Long> got = counted(choose(kind, nodes, runs));
            nodes.forEach(node -> assertThat(got.getOrDefault(node.node(), 0L)).isLessThanOrEqualTo(node.free()));
            int all = free.stream().mapToInt(Integer::intValue).sum();
            assertThat(got.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(Math.min(all, runs));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_run_gets_only_a_node_that_fits_it_and_has_all_its_slots(Balancing kind) {
        qt().withExamples(200)
                .forAll(
                        lists().of(integers().between(0, 4)).ofSizeBetween(1, 9),
                        integers().between(1, 40))
                .checkAssert((kinds, count) -> {
                    List<Candidate> nodes = IntStream.range(0, kinds.size())
                            .mapToObj(i -> Nodes.labelled(i + 1, KINDS.get(kinds.get(i))))
                            .toList();
                    List<ReadyRun> runs = IntStream.range(0, count)
                            .mapToObj(i -> Nodes.run(i, 1, i % 2 == 0 ? GPU : Need.NONE))
                            .toList();
                    List<Balancer.Choice> chosen = Balancer.of(kind)
                            .choose(nodes, BalancerState.NEW, runs)
                            .chosen();
                    assertThat(chosen)
                            .allMatch(choice ->
                                    choice.run().need().fits(choice.node().labels()));
                    chosen.stream()
                            .collect(Collectors.groupingBy(
                                    Balancer.Choice::node,
                                    Collectors.summingInt(
                                            choice -> choice.run().need().slots())))
                            .forEach((node, slots) -> assertThat(slots).isLessThanOrEqualTo(node.free()));
                });
    }

    // R11: no clock, no chance and no order of arrival goes in
    @ParameterizedTest
    @EnumSource
    void every_server_chooses_the_same(Balancing kind) {
        qt().withExamples(100)
                .forAll(free(), integers().between(0, 60), integers().between(0, 10))
                .checkAssert((free, runs, cursor) -> {
                    List<Candidate> nodes = Nodes.withFree(free);
                    List<Candidate> shuffled = new ArrayList<>(nodes);
                    Collections.reverse(shuffled);
                    BalancerState state = new BalancerState(cursor, Map.of(2L, 5L));
                    assertThat(Balancer.of(kind).choose(shuffled, state, Nodes.runs(1, runs)))
                            .isEqualTo(Balancer.of(kind).choose(nodes, state, Nodes.runs(1, runs)));
                });
    }

    @ParameterizedTest
    @EnumSource
    void what_it_remembers_survives_its_written_form(Balancing kind) {
        BalancerState state = Balancer.of(kind)
                .choose(Nodes.withWeights(List.of(5, 1, 1)), BalancerState.NEW, Nodes.runs(1, 3))
                .state();
        assertThat(BalancerState.fromJson(state.toJson())).isEqualTo(state);
        assertThat(BalancerState.fromJson("{}")).isEqualTo(BalancerState.NEW);
    }

    @ParameterizedTest
    @EnumSource
    void a_preference_counts_before_the_score(Balancing kind) {
        Need fast = new Need(1, List.of(), List.of("disk=ssd"), List.of());
        List<Candidate> nodes = List.of(Nodes.labelled(1), Nodes.labelled(2, "disk=ssd"), Nodes.labelled(3));
        List<ReadyRun> runs =
                IntStream.range(0, 12).mapToObj(i -> Nodes.run(i, i, fast)).toList();
        Map<Long, Long> got =
                counted(Balancer.of(kind).choose(nodes, BalancerState.NEW, runs).chosen());
        assertThat(got).containsEntry(2L, 10L);
    }

    // 5,000 no-ops in 1.5 s leave a millisecond or two for the choice of 500
    @ParameterizedTest
    @EnumSource
    void five_hundred_runs_on_fifty_nodes_take_milliseconds(Balancing kind) {
        List<Candidate> nodes = Nodes.withFree(Collections.nCopies(50, 10));
        List<ReadyRun> runs = Nodes.runs(1, 500);
        for (int i = 0; i < 30; i++) {
            Balancer.of(kind).choose(nodes, BalancerState.NEW, runs);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            Balancer.of(kind).choose(nodes, BalancerState.NEW, runs);
        }
        assertThat((System.nanoTime() - start) / 10_000_000).isLessThan(20);
    }

    private static List<Balancer.Choice> choose(Balancing kind, List<Candidate> nodes, int runs) {
        return Balancer.of(kind)
                .choose(nodes, BalancerState.NEW, Nodes.runs(1, runs))
                .chosen();
    }

    private static Map<Long, Long> counted(List<Balancer.Choice> chosen) {
        return chosen.stream()
                .collect(Collectors.groupingBy(choice -> choice.node().node(), Collectors.counting()));
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.yardmaster.job.Need;
import io.yardmaster.node.NodeLoad;
import io.yardmaster.queue.Balancing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each balancer is chosen for. */
final class RatingTest {
    @Test
    void round_robin_goes_on_where_the_last_batch_stopped() {
        List<Candidate> nodes = Nodes.withFree(List.of(9, 9, 9));
        Balancer balancer = Balancer.of(Balancing.ROUND_ROBIN);
        Balancer.Choices first = balancer.choose(nodes, BalancerState.NEW, Nodes.runs(1, 2));
        Balancer.Choices second = balancer.choose(nodes, first.state(), Nodes.runs(3, 2));
        assertThat(ids(first)).containsExactly(1L, 2L);
        assertThat(ids(second)).containsExactly(3L, 1L);
    }

    @Test
    void round_robin_shares_differ_by_at_most_one_between_nodes_that_are_not_full() {
        qt().forAll(
                        lists().of(integers().between(0, 12)).ofSizeBetween(1, 9),
                        integers().between(0, 60))
                .checkAssert((free, runs) -> {
                    List<Candidate> nodes = Nodes.withFree(free);
                    Map<Long, Long> got = counted(ids(choose(Balancing.ROUND_ROBIN, nodes, runs)));
                    long most = got.values().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0);
                    for (Candidate node : nodes) {
                        long mine = got.getOrDefault(node.node(), 0L);
                        assertThat(mine == node.free() || mine >= most - 1).isTrue();
                    }
                });
    }

    @Test
    void least_connections_evens_out_what_is_in_use() {
        List<Candidate> nodes = List.of(
                Nodes.node(1, 1, new Candidate.Room(10, 4, 0)),
                Nodes.node(2, 1, new Candidate.Room(10, 0, 0)),
                Nodes.node(3, 1, new Candidate.Room(10, 2, 0)));
        assertThat(ids(choose(Balancing.LEAST_CONNECTIONS, nodes, 6))).containsExactly(2L, 2L, 3L, 2L, 3L, 2L);
    }

    // nginx's own example
    @Test
    void weights_of_5_1_and_1_are_served_without_a_burst() {
        assertThat(ids(choose(Balancing.WEIGHTED_ROUND_ROBIN, Nodes.withWeights(List.of(5, 1, 1)), 7)))
                .containsExactly(1L, 1L, 2L, 1L, 3L, 1L, 1L);
    }

    @Test
    void each_gets_exactly_its_share_by_weight_however_the_runs_come() {
        qt().withExamples(300)
                .forAll(
                        lists().of(integers().between(1, 9)).ofSizeBetween(1, 6),
                        lists().of(integers().between(1, 11)).ofSizeBetween(1, 8))
                .checkAssert((weights, batches) -> {
                    int round = weights.stream().mapToInt(Integer::intValue).sum();
                    List<Long> got = inBatches(Nodes.withWeights(weights), batches, 2 * round);
                    Map<Long, Long> counts = counted(got);
                    for (int i = 0; i < weights.size(); i++) {
                        assertThat(counts).containsEntry(i + 1L, 2L * weights.get(i));
                    }
                });
    }

    private static List<Long> inBatches(List<Candidate> nodes, List<Integer> sizes, int all) {
        List<Long> got = new ArrayList<>();
        BalancerState state = BalancerState.NEW;
        for (int i = 0; got.size() < all; i++) {
            int size = Math.min(sizes.get(i % sizes.size()), all - got.size());
            Balancer.Choices choices =
                    Balancer.of(Balancing.WEIGHTED_ROUND_ROBIN).choose(nodes, state, Nodes.runs(1, size));
            got.addAll(ids(choices));
            state = choices.state();
        }
        return got;
    }

    @Test
    void the_least_work_left_per_slot_wins_and_grows_with_what_it_gets() {
        List<Candidate> nodes = List.of(
                Nodes.node(1, 1, new Candidate.Room(4, 1, 100)),
                Nodes.node(2, 1, new Candidate.Room(2, 1, 30)),
                Nodes.node(3, 1, new Candidate.Room(8, 7, 600)));
        Balancer.Choices choices = choose(Balancing.MIN_REMAINING_TIME, nodes, 3);
        assertThat(ids(choices)).containsExactly(2L, 1L, 1L);
        assertThat(choices.chosen()).extracting(Balancer.Choice::ahead).containsExactly(15.0, 25.0, 27.5);
    }

    @Test
    void the_worst_of_processors_memory_and_disk_counts() {
        List<Candidate> nodes = List.of(
                Nodes.loaded(1, new NodeLoad(0.1, 95, 100, 90, 100)),
                Nodes.loaded(2, new NodeLoad(0.1, 10, 100, 5, 100)),
                Nodes.loaded(3, new NodeLoad(0.6, 10, 100, 90, 100)),
                Nodes.loaded(4, new NodeLoad(0.9, 10, 100, 90, 100)));
        assertThat(ids(choose(Balancing.RESOURCE_AWARE, nodes, 1))).containsExactly(3L);
    }

    @Test
    void the_node_with_most_headroom_does_not_get_a_whole_batch() {
        List<Candidate> nodes = List.of(
                Nodes.loaded(1, new NodeLoad(0.5, 0, 100, 100, 100)),
                Nodes.loaded(2, new NodeLoad(0, 0, 100, 100, 100)));
        assertThat(counted(ids(choose(Balancing.RESOURCE_AWARE, nodes, 9)))).isEqualTo(Map.of(1L, 2L, 2L, 7L));
    }

    @Test
    void of_two_drawn_the_less_busy_wins_and_the_draw_changes_with_the_epoch() {
        List<Candidate> nodes = IntStream.rangeClosed(1, 8)
                .mapToObj(id -> Nodes.node(id, 1, new Candidate.Room(100, id, 0)))
                .toList();
        Map<Long, Long> counts = counted(IntStream.range(0, 400)
                .mapToObj(id -> choose(Balancing.POWER_OF_TWO, nodes, List.of(Nodes.run(id, 1, Need.NONE))))
                .flatMap(choices -> ids(choices).stream())
                .toList());
        assertThat(counts).doesNotContainKey(8L).containsKeys(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(counts.get(1L)).isGreaterThan(counts.get(7L));
        assertThat(IntStream.range(0, 20)
                        .mapToObj(epoch -> new ReadyRun(new RunEpoch(1, epoch), 1, Need.NONE, 0, 10))
                        .flatMap(run -> ids(choose(Balancing.POWER_OF_TWO, nodes, List.of(run))).stream())
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void a_job_stays_on_its_node_and_only_jobs_of_a_node_that_goes_move() {
        List<Candidate> nodes = Nodes.withWeights(Collections.nCopies(8, 1));
        Map<Long, Long> before = homes(nodes);
        assertThat(homes(nodes)).isEqualTo(before);
        assertThat(before.values().stream().distinct()).hasSize(8);
        List<Candidate> fewer = nodes.subList(0, 7);
        homes(fewer).forEach((job, node) -> {
            if (before.get(job) != 8L) {
                assertThat(node).isEqualTo(before.get(job));
            }
        });
    }

    private static Map<Long, Long> homes(List<Candidate> nodes) {
        List<ReadyRun> runs = IntStream.range(0, 200)
                .mapToObj(job -> Nodes.run(job, job, Need.NONE))
                .toList();
        return choose(Balancing.STICKY, nodes, runs).chosen().stream()
                .collect(Collectors.toMap(
                        choice -> choice.run().job(), choice -> choice.node().node()));
    }

    private static Balancer.Choices choose(Balancing kind, List<Candidate> nodes, int runs) {
        return choose(kind, nodes, Nodes.runs(1, runs));
    }

    private static Balancer.Choices choose(Balancing kind, List<Candidate> nodes, List<ReadyRun> runs) {
        return Balancer.of(kind).choose(nodes, BalancerState.NEW, runs);
    }

    private static List<Long> ids(Balancer.Choices choices) {
        return choices.chosen().stream().map(choice -> choice.node().node()).toList();
    }

    private static Map<Long, Long> counted(List<Long> nodes) {
        return nodes.stream().collect(Collectors.groupingBy(node -> node, Collectors.counting()));
    }
}

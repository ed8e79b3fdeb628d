package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.dispatch.Contest.Contestant;
import io.yardmaster.dispatch.Contest.Rival;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes 1 and 2 are sessions 100 and 200; keys are the ids of runs, unless said otherwise. */
final class ContestTest {
    private static final int MANY = 99;

    @Test
    void the_lowest_keys_have_the_free_slots_of_their_own_node() {
        assertThat(among(fleet(node(1, 4, 3), node(2, 4, 2)), List.of(), MANY, one(1), one(2), on2(3), on2(4), on2(5))
                        .goOn())
                .containsExactly(1L, 3L, 4L);
    }

    @Test
    void a_ready_run_of_a_lower_key_has_its_slots_first() {
        Fleet fleet = fleet(node(1, 4, 2));
        assertThat(among(fleet, List.of(new Rival(0, 1, null)), MANY, one(1), one(2))
                        .goOn())
                .containsExactly(1L);
        assertThat(among(fleet, List.of(new Rival(0, 2, null)), MANY, one(1)).goOn())
                .isEmpty();
        assertThat(among(fleet, List.of(new Rival(2, 2, null)), MANY, one(1)).goOn())
                .containsExactly(1L);
    }

    @Test
    void what_the_queue_may_still_have_goes_to_the_lowest_keys_too() {
        Fleet fleet = fleet(node(1, 9, 0));
        assertThat(among(fleet, List.of(new Rival(0, 1, null)), 1, one(1)).goOn())
                .isEmpty();
        assertThat(among(fleet, List.of(new Rival(2, 1, null)), 2, one(1), one(3), one(4))
                        .goOn())
                .containsExactly(1L);
    }

    // R22: one by one, the small ones would take each slot that becomes free
    @Test
    void the_node_of_a_wide_run_that_waited_long_is_kept_for_it() {
        Fleet fleet = fleet(node(1, 4, 2), node(2, 4, 3));
        Contest.Outcome fresh = among(fleet, List.of(), MANY, wide(1, 29), one(2), on2(3));
        assertThat(fresh.goOn()).containsExactly(2L, 3L);
        assertThat(fresh.kept()).isEmpty();
        Contest.Outcome old = among(fleet, List.of(), MANY, wide(1, 30), one(2), on2(3));
        assertThat(old.goOn()).containsExactly(3L);
        assertThat(old.kept()).containsExactly(100L);
        Contest.Outcome behind = among(fleet, List.of(new Rival(0, 1, null)), MANY, wide(1, 30), one(2));
        assertThat(behind.kept()).isEmpty();
    }

    @Test
    void on_the_node_that_is_kept_for_a_ready_run_none_behind_it_goes_on() {
        Fleet fleet = fleet(node(1, 4, 2), node(2, 4, 3));
        assertThat(among(fleet, List.of(new Rival(2, 4, 100L)), MANY, one(1), one(3), on2(4))
                        .goOn())
                .containsExactly(1L, 4L);
    }

    // R22: the node has fewer slots by now than the run takes
    @Test
    void what_takes_more_than_its_node_has_goes_on_when_it_is_alone_there() {
        assertThat(among(fleet(node(1, 2, 0)), List.of(), MANY, wide(1, 0), one(2))
                        .goOn())
                .containsExactly(1L);
        assertThat(among(fleet(node(1, 2, 1)), List.of(), MANY, wide(1, 0)).goOn())
                .isEmpty();
    }

    // R21
    @Test
    void on_a_node_that_takes_nothing_new_no_ready_run_goes_before() {
        Contest contest =
                new Contest(fleet(), List.of(node(1, 1, 0)), List.of(new Rival(0, 1, null), new Rival(0, 4, 100L)), 1);
        assertThat(contest.among(List.of(one(1))).goOn()).containsExactly(1L);
    }

    private static Contest.Outcome among(Fleet fleet, List<Rival> rivals, int limit, Contestant... contestants) {
        return new Contest(fleet, List.of(), rivals, limit).among(List.of(contestants));
    }

    private static Fleet fleet(Candidate... nodes) {
        return new Fleet(List.of(nodes), List.of());
    }

    private static Candidate node(long id, int slots, int busy) {
        return Nodes.node(id, 1, new Candidate.Room(slots, busy, 0));
    }

    private static Contestant one(long run) {
        return new Contestant(run, 100, 1, run, 0);
    }

    private static Contestant on2(long run) {
        return new Contestant(run, 200, 1, run, 0);
    }

    private static Contestant wide(long run, double waited) {
        return new Contestant(run, 100, 4, run, waited);
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.dispatch.Slices.Place;
import io.yardmaster.dispatch.Slices.Running;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SlicesTest {
    private static final Map<Long, Place> ROOMY = Map.of(1L, new Place(4, 0, 9), 2L, new Place(4, 0, 9));

    @Test
    void nobody_waits_so_nobody_is_paused() {
        assertThat(slices(0, ROOMY, run(1, 1, 5000), run(2, 2, 5000)).over()).isEmpty();
    }

    @Test
    void one_is_paused_for_each_that_waits_the_longest_slice_first() {
        Running[] runs = {run(1, 1, 2500), run(2, 2, 5000), run(3, 1, 1999), run(4, 2, 2000)};
        assertThat(slices(1, ROOMY, runs).over()).containsExactly(2L);
        assertThat(slices(9, ROOMY, runs).over()).containsExactly(2L, 1L, 4L);
        assertThat(slices(9, ROOMY, runs).next()).hasValue(1);
    }

    @Test
    void what_is_being_paused_already_makes_way_for_one_that_waits() {
        Running pausing = new Running(1, 1, 2500, true, true);
        assertThat(slices(1, ROOMY, pausing, run(2, 2, 5000)).over()).isEmpty();
        assertThat(slices(2, ROOMY, pausing, run(2, 2, 5000)).over()).containsExactly(2L);
    }

    @Test
    void what_cannot_pause_runs_on() {
        Running noop = new Running(1, 1, 9000, false, false);
        Slices slices = slices(1, ROOMY, noop);
        assertThat(slices.over()).isEmpty();
        assertThat(slices.next()).isEmpty();
    }

    // a paused run goes on where its processes are
    @Test
    void a_paused_run_waits_for_its_own_node_only() {
        Map<Long, Place> places = Map.of(1L, new Place(4, 1, 9), 2L, new Place(4, 0, 9));
        assertThat(slices(0, places, run(1, 1, 2500), run(2, 2, 5000), run(3, 1, 3000))
                        .over())
                .containsExactly(3L);
    }

    // R21
    @Test
    void on_a_node_that_takes_nothing_new_only_its_own_paused_runs_wait() {
        Map<Long, Place> draining = Map.of(1L, new Place(4, 1, 0));
        assertThat(slices(5, draining, run(1, 1, 2500), run(2, 1, 2600)).over()).containsExactly(2L);
    }

    // what waits for another node would leave the slot empty
    @Test
    void a_ready_run_takes_a_slot_only_where_it_fits() {
        Map<Long, Place> places = Map.of(1L, new Place(4, 0, 0), 2L, new Place(4, 0, 1));
        assertThat(slices(1, places, run(1, 1, 9000), run(2, 2, 2600), run(3, 2, 2500))
                        .over())
                .containsExactly(2L);
    }

    @Test
    void no_more_are_paused_than_a_node_may_hold() {
        Map<Long, Place> nearlyFull = Map.of(1L, new Place(1, 0, 9));
        assertThat(slices(5, nearlyFull, run(1, 1, 2500), run(2, 1, 2600)).over())
                .containsExactly(2L);
        assertThat(slices(5, nearlyFull, new Running(3, 1, 2700, true, true), run(2, 1, 2600))
                        .over())
                .isEmpty();
    }

    @Test
    void where_no_more_may_be_paused_what_is_there_still_takes_turns() {
        Map<Long, Place> full = Map.of(1L, new Place(0, 1, 9));
        assertThat(slices(5, full, run(1, 1, 2500), run(2, 1, 2600)).over()).containsExactly(2L);
    }

    private static Slices slices(int ready, Map<Long, Place> places, Running... running) {
        return new Slices(2000, List.of(running), places, ready);
    }

    private static Running run(long run, long session, long ran) {
        return new Running(run, session, ran, false, true);
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LanesTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    @Test
    void a_free_slot_is_free_now_and_each_run_takes_the_one_that_is_free_first() {
        Lanes lanes = lanes(3, 1, new Lanes.Busy(false, 50));
        assertThat(lanes.startAfter(new double[0], null)).isZero();
        assertThat(lanes.startAfter(new double[] {10, 20}, null)).isEqualTo(10);
        assertThat(lanes.startAfter(new double[] {10, 20, 45}, null)).isEqualTo(20);
    }

    @Test
    void a_limit_leaves_the_queue_its_own_slots_first() {
        Lanes lanes = lanes(3, 1, new Lanes.Busy(true, 70), new Lanes.Busy(false, 5));
        assertThat(lanes.startAfter(new double[0], 1)).isEqualTo(70);
        assertThat(lanes.startAfter(new double[0], 2)).isZero();
    }

    @Test
    void while_others_wait_too_it_has_its_share() {
        Lanes lanes = lanes(4, 0.25);
        assertThat(lanes.startAfter(new double[] {10, 10}, null)).isEqualTo(20);
    }

    @Test
    void a_duration_that_nobody_knows_blocks_its_slot_and_no_other() {
        Lanes lanes = lanes(2, 1);
        assertThat(lanes.startAfter(new double[] {NEVER, 5}, null)).isEqualTo(5);
        assertThat(lanes.startAfter(new double[] {NEVER, NEVER}, null)).isEqualTo(NEVER);
        assertThat(lanes(0, 1).startAfter(new double[0], null)).isEqualTo(NEVER);
    }

    private static Lanes lanes(int slots, double share, Lanes.Busy... busy) {
        return new Lanes(slots, List.of(busy), share);
    }
}

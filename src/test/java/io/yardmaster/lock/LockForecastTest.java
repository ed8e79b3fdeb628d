package io.yardmaster.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.lock.LockForecast.Use;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LockForecastTest {
    private static final double UNKNOWN = Double.POSITIVE_INFINITY;

    @Test
    void waiters_of_a_mutex_follow_one_another() {
        assertThat(LockForecast.of(1, List.of(new Use(1, 5)), List.of(new Use(1, 10), new Use(1, 3), new Use(1, 1))))
                .containsExactly(5.0, 15.0, 18.0);
    }

    @Test
    void who_fits_goes_at_once_and_who_needs_much_waits_for_enough() {
        assertThat(LockForecast.of(
                        3, List.of(new Use(1, 4), new Use(1, 9)), List.of(new Use(1, 2), new Use(3, 1), new Use(1, 1))))
                .containsExactly(0.0, 9.0, 10.0);
    }

    @Test
    void behind_what_nobody_can_predict_nothing_is_predicted() {
        assertThat(LockForecast.of(1, List.of(new Use(1, 5)), List.of(new Use(1, UNKNOWN), new Use(1, 1))))
                .containsExactly(5.0, UNKNOWN);
        assertThat(LockForecast.of(2, List.of(), List.of(new Use(3, 1)))).containsExactly(UNKNOWN);
    }
}

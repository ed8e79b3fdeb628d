package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundRobinTableTest {
    @Test
    void the_example_of_the_textbook_ends_as_it_says() {
        assertThat(RoundRobinTable.ends(List.of(Collections.nCopies(6, 4L), List.of(3L), List.of(3L)), 1))
                .containsExactly(30L, 7L, 10L);
    }

    @Test
    void one_that_needs_a_slice_more_ends_last() {
        List<Long> two = List.of(2L, 2L);
        assertThat(RoundRobinTable.ends(List.of(List.of(2L, 2L, 1L), two, List.of(2L, 1L), two), 2))
                .containsExactly(8L, 6L, 7L, 8L);
    }

    @Test
    void a_pair_that_ends_the_other_way_round_is_found() {
        Instant now = Instant.EPOCH;
        List<Instant> seen = List.of(now.plusSeconds(2), now.plusSeconds(1), now.plusSeconds(3));
        assertThat(RoundRobinTable.swapped(List.of(1_000L, 5_000L, 5_500L), seen, 1_000))
                .containsExactly("0 after 1");
        assertThat(RoundRobinTable.swapped(List.of(4_500L, 5_000L, 5_500L), seen, 1_000))
                .isEmpty();
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class QueueTurnsTest {
    @Test
    void the_share_of_the_free_slots_follows_the_weight_and_is_never_nothing() {
        List<QueueTurn> all = List.of(
                new QueueTurn(1, 300, true, false, false, 0),
                new QueueTurn(2, 100, true, false, false, 0),
                new QueueTurn(3, 1, true, false, false, 0));
        assertThat(QueueTurns.share(all.get(0), all, 40)).isEqualTo(30);
        assertThat(QueueTurns.share(all.get(1), all, 40)).isEqualTo(10);
        assertThat(QueueTurns.share(all.get(2), all, 40)).isEqualTo(1);
    }

    @Test
    void with_one_slot_at_a_time_queues_still_get_what_their_weights_say() {
        List<QueueTurn> turns = new ArrayList<>(
                List.of(new QueueTurn(1, 3, true, false, false, 0), new QueueTurn(2, 1, true, false, false, 0)));
        Map<Long, Integer> got = new HashMap<>();
        for (int slot = 0; slot < 400; slot++) {
            QueueTurn next = turns.stream()
                    .min(Comparator.comparingLong(QueueTurn::turn))
                    .orElseThrow();
            got.merge(next.queue(), 1, Integer::sum);
            turns.remove(next);
            turns.add(next.after(1));
        }
        assertThat(got.get(1L)).isBetween(299, 301);
    }
}

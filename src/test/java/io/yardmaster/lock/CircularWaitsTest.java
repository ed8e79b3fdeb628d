package io.yardmaster.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.lock.CircularWaits.Gift;
import io.yardmaster.lock.CircularWaits.Party;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CircularWaitsTest {
    private static final long A = 1;
    private static final long B = 2;
    private static final Map<Long, Variables> FIRST =
            Map.of(A, Variables.of(Map.of("open", "false", "files", "0")), B, Variables.of(Map.of("open", "false")));

    @Test
    void who_waits_for_its_own_end_is_stuck() {
        assertThat(stuck(party("self", A, "open", gift(A, "open", "true")))).containsExactly("self");
        assertThat(stuck(party("signal", A, null, new Gift(A, true, Map.of())))).containsExactly("signal");
    }

    @Test
    void so_are_those_that_wait_for_each_other_and_who_waits_for_them() {
        assertThat(stuck(
                        party("one", A, "open", gift(B, "open", "true")),
                        party("two", B, "open", gift(A, "open", "true")),
                        party("behind", A, "open"),
                        party("free", B, "!open", gift(B, "open", "false"))))
                .containsExactly("one", "two", "behind");
    }

    @Test
    void a_circle_that_somebody_enters_from_elsewhere_is_none() {
        assertThat(stuck(
                        party("one", A, "open", gift(B, "open", "true")),
                        party("two", B, "open", gift(A, "open", "true")),
                        new Party("starts", Map.of(), List.of(gift(A, "open", "true")))))
                .isEmpty();
        assertThat(stuck(party("first", A, "files < 3", gift(A, "files", "3")))).isEmpty();
    }

    // what it needs comes from outside, and what it gives is the next state
    @Test
    void who_takes_back_what_it_waits_for_is_not_stuck() {
        assertThat(stuck(party("consumer", A, "open", gift(A, "open", "false"))))
                .isEmpty();
    }

    @Test
    void several_may_bring_it_about_together() {
        Party both = party("both", A, "open && files > 2", gift(A, "files", "1"));
        Party opens = new Party("opens", Map.of(), List.of(gift(A, "open", "true")));
        assertThat(stuck(both, opens, new Party("counts", Map.of(), List.of(gift(A, "files", "5")))))
                .isEmpty();
        assertThat(stuck(both, opens, party("counts", A, "open && files > 2", gift(A, "files", "5"))))
                .containsExactly("both", "counts");
    }

    @Test
    void a_timeout_ends_all_waiting() {
        Map<Long, Claim.Wait> waits = Map.of(A, new Claim.Wait("open", 60L, Claim.Otherwise.FAIL));
        assertThat(stuck(new Party("self", waits, List.of(gift(A, "open", "true")))))
                .isEmpty();
    }

    @Test
    void too_many_values_are_taken_for_possible() {
        List<Gift> gifts = IntStream.range(1, 300)
                .mapToObj(i -> gift(A, "files", Integer.toString(i)))
                .collect(Collectors.toList());
        assertThat(stuck(new Party("self", Map.of(A, new Claim.Wait("files == 299", null, null)), gifts)))
                .isEmpty();
    }

    private static List<String> stuck(Party... parties) {
        return new CircularWaits(FIRST, List.of(parties)).stuck();
    }

    private static Party party(String job, long condition, String when, Gift... gifts) {
        return new Party(job, Map.of(condition, new Claim.Wait(when, null, null)), List.of(gifts));
    }

    private static Gift gift(long condition, String name, String value) {
        return new Gift(condition, false, Map.of(name, value));
    }
}

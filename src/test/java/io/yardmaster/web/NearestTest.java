package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    private static final List<String> KNOWN = List.of("from", "job", "parallelism", "schedule", "until");

    @ParameterizedTest
    @CsvSource({"jbo, job", "Job, job", "form, from", "untill, until", "paralelism, parallelism", "shedules, schedule"})
    void a_slip_is_told_from_what_was_meant(String typed, String meant) {
        assertThat(Nearest.to(typed, KNOWN)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"to", "x", "if", "namespace", "''"})
    void what_shares_no_letter_in_its_place_was_not_meant(String typed) {
        assertThat(Nearest.to(typed, KNOWN)).isNull();
    }
}

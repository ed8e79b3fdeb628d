package io.yardmaster.web.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AmountsTest {
    private final Invalid.Problems problems = new Invalid.Problems();

    @ParameterizedTest
    @CsvSource({
        "90, 90",
        "90s, 90",
        "15m, 900",
        "1h 30m, 5400",
        "1h30m, 5400",
        "2d, 172800",
        "' 1 H ', 3600",
        "999999999999999999d, 9223372036854775807"
    })
    void a_time_is_read_as_people_write_it(String typed, long seconds) {
        assertThat(Amounts.seconds("timeout", typed, problems)).isEqualTo(seconds);
        assertThat(problems.none()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "10 MiB, 10485760", "10MB, 10485760", "10m, 10485760", "1.5G, ", "500 kib, 512000"})
    void a_size_is_read_as_people_write_it(String typed, Long bytes) {
        assertThat(Amounts.bytes("outputLimit", typed, problems)).isEqualTo(bytes);
        assertThat(problems.none()).isEqualTo(bytes != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1h soon", "5 weeks", "1..2", "1e9"})
    void what_is_no_time_is_refused_with_examples(String typed) {
        assertThat(Amounts.seconds("timeout", typed, problems)).isNull();
        assertThat(problems.none()).isFalse();
    }

    // a thousands separator must not make 1 of 1 000
    @ParameterizedTest
    @ValueSource(strings = {"1 000", "5 5", "--5", "- 5", "-", "5h", "1,000", "-1 0"})
    void what_is_no_whole_number_is_refused_as_it_was_typed(String typed) {
        assertThat(Amounts.signed("priority", typed, problems)).isNull();
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo(typed));
        assertThat(Amounts.number("maxWaiting", typed, new Invalid.Problems())).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "-7, -7",
        "' -50 ', -50",
        "99999999999999999999, 2147483647",
        "-99999999999999999999, -2147483647"
    })
    void a_whole_number_may_be_negative_and_of_any_length(String typed, int number) {
        assertThat(Amounts.signed("priority", typed, problems)).isEqualTo(number);
        assertThat(problems.none()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 000", "90 s 5 30", "1 000 KiB"})
    void a_time_with_parts_without_a_unit_before_others_is_refused(String typed) {
        assertThat(Amounts.seconds("timeout", typed, problems)).isNull();
        assertThat(problems.none()).isFalse();
    }

    @Test
    void a_blank_is_no_amount_and_no_problem() {
        assertThat(Amounts.seconds("timeout", "  ", problems)).isNull();
        assertThat(problems.none()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"90, 1m 30s", "5400, 1h 30m", "86400, 1d", "0, 0s"})
    void seconds_are_written_as_they_are_read(long seconds, String written) {
        assertThat(Amounts.ofSeconds(seconds)).isEqualTo(written);
        assertThat(Amounts.seconds("f", written, problems)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"10485760, 10 MiB", "1024, 1 KiB", "1025, 1025 B", "1073741824, 1 GiB", "0, 0 B"})
    void bytes_are_written_as_they_are_read(long bytes, String written) {
        assertThat(Amounts.ofBytes(bytes)).isEqualTo(written);
        assertThat(Amounts.bytes("f", written, problems)).isEqualTo(bytes);
    }
}

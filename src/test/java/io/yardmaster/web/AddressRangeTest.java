package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, 10.0.0.2, true",
        "10.0.0.2, 10.0.0.3, false",
        "10.244.0.0/16, 10.244.255.255, true",
        "10.244.7.7/16, 10.244.0.1, true",
        "10.244.0.0/16, 10.245.0.0, false",
        "10.0.0.2/31, 10.0.0.3, true",
        "10.0.0.2/31, 10.0.0.4, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8:0:0:0:0:0:1, false",
        "::ffff:10.0.0.0/8, 10.1.2.3, true",
        "fd00::/8, fd12:0:0:0:0:0:0:1, true",
        "fd00::/8, fe80:0:0:0:0:0:0:1, false",
    })
    void a_range_has_the_addresses_that_begin_alike(String range, String address, boolean included) {
        assertThat(AddressRange.of(range).orElseThrow().includes(address)).isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "10.0.0.0/", "10.0.0.0/33", "fd00::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "lan/8"})
    void what_is_no_range_is_none(String given) {
        assertThat(AddressRange.of(given)).isEmpty();
    }
}

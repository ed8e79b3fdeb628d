package io.yardmaster.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "' 192.0.2.1 ', 192.0.2.1",
        "192.0.2.1:4711, 192.0.2.1",
        "::1, 0:0:0:0:0:0:0:1",
        "[::1], 0:0:0:0:0:0:0:1",
        "[2001:DB8::a]:443, 2001:db8:0:0:0:0:0:a",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void an_address_has_one_form(String given, String expected) {
        assertThat(IpAddress.of(given)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "::1::",
                "<b>",
                "face",
                "10.0.0.1, 10.0.0.2"
            })
    void what_is_no_address_is_none(String given) {
        assertThat(IpAddress.of(given)).isEmpty();
    }
}

package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LostConnectionTest {
    @ParameterizedTest
    @CsvSource({
        "08006, true",
        "08003, true",
        "57P01, true",
        "57P02, true",
        "57P03, true",
        "57P05, true",
        "25P03, true",
        "57014, false",
        "57P04, false",
        "53300, false",
        "25P02, false",
        "40001, false",
        ", false"
    })
    void it_is_known_by_its_state_however_deep_it_lies(String state, boolean lost) {
        SQLException failure = new SQLException("of the database", state);
        assertThat(LostConnection.isToldBy(failure)).isEqualTo(lost);
        assertThat(LostConnection.isBehind(new IllegalStateException(new RuntimeException(failure))))
                .isEqualTo(lost);
    }

    @Test
    void a_connection_that_the_pool_gave_up_is_lost_without_a_state() {
        assertThat(LostConnection.isBehind(new SQLException("Connection is closed")))
                .isTrue();
        assertThat(LostConnection.isBehind(new SQLException("Connection is closed", "42601")))
                .isFalse();
        assertThat(LostConnection.isBehind(new IllegalStateException("Connection is closed")))
                .isFalse();
        assertThat(LostConnection.isBehind(new RuntimeException(new DatabaseUnavailable("gone"))))
                .isTrue();
    }
}

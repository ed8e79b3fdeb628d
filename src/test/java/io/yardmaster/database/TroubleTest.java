package io.yardmaster.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TroubleTest {
    // what passes is no timetable's fault; a statement that takes too long may be
    @ParameterizedTest
    @CsvSource({
        "08006, AWAY, true",
        "53300, AWAY, true",
        "57P01, AWAY, true",
        "25P03, AWAY, true",
        "40P01, HELD_UP, true",
        "55P03, HELD_UP, true",
        "57014, TOO_LONG, false",
        "23505, , false",
        ", , false"
    })
    void a_failure_is_known_by_its_state_however_deep_it_lies(String state, Trouble trouble, boolean passing) {
        Throwable failure = new IllegalStateException(new RuntimeException(new SQLException("of the database", state)));
        assertThat(Trouble.of(failure).orElse(null)).isEqualTo(trouble);
        assertThat(Trouble.isPassing(failure)).isEqualTo(passing);
    }

    @Test
    void a_pool_without_a_connection_is_trouble_without_a_state() {
        assertThat(Trouble.of(new RuntimeException(new SQLTransientConnectionException("none left"))))
                .contains(Trouble.AWAY);
        assertThat(Trouble.of(new DatabaseUnavailable("gone"))).contains(Trouble.AWAY);
        assertThat(Trouble.of(new IllegalStateException())).isEmpty();
    }
}

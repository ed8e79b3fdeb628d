package io.yardmaster.web.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Invalid;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackfillTimeTest {
    // R2: in Berlin clocks go on at two o'clock on 29 March and back at three on 25 October 2026
    @ParameterizedTest
    @CsvSource({
        "2026-03-29T02:30, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z",
        "2026-10-25T02:30, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z",
        "2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T22:59:59Z",
        "2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T21:59:59Z"
    })
    void a_range_has_all_that_its_local_times_mean(String text, Instant from, Instant until) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Invalid.Problems problems = new Invalid.Problems();
        assertThat(BackfillTime.from(text, berlin, problems)).isEqualTo(from);
        assertThat(BackfillTime.until(text, berlin, problems)).isEqualTo(until);
    }
}

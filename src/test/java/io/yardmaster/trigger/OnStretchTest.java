package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class OnStretchTest {
    // a part of a long outage is asked for by whoever chooses a period within it
    @Test
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_year_of_seconds_is_counted_and_not_gone_through() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant through = Instant.parse("2027-01-01T00:00:00Z");
        OnStretch year = new OnStretch(
                Timetable.cron("* * * * * ?", "America/New_York").occurrences(), false, Set.of(), from, through);
        assertThat(year.count(from, through, false)).isEqualTo(365 * 86_400);
        assertThat(year.count(from.plusSeconds(10), from.plusSeconds(20), false))
                .isEqualTo(10);
        assertThat(year.count(from, through, true)).isZero();
    }
}

package io.yardmaster.web.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.trigger.Forecast;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeatMapTest {
    // a week in which a day has 25 hours, or 23
    @ParameterizedTest
    @CsvSource({
        "2026-10-22T10:00:00Z, Europe/Berlin",
        "2026-03-26T10:00:00Z, Europe/Berlin",
        "2026-04-22T10:00:00Z, Africa/Cairo"
    })
    void each_row_of_a_week_is_another_day(Instant now, ZoneId zone) {
        Forecast none = Forecast.of(List.of(), Ahead.WEEK.grid(now, zone), 0);
        LocalDate first = LocalDate.ofInstant(now, zone);
        assertThat(HeatMap.of(none, Ahead.WEEK).rows())
                .extracting(row -> LocalDate.ofInstant(row, zone))
                .containsExactlyElementsOf(
                        Stream.iterate(first, day -> day.plusDays(1)).limit(7).toList());
    }
}

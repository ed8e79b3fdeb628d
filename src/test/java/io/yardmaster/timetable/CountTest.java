package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted by arithmetic is what is found one by one, across clock changes and under every rule. */
final class CountTest {
    private static final List<String> EXPRESSIONS = List.of(
            "* * * * * ?",
            "7/13 * * * * ?",
            "0 0/5 * * * ?",
            "30 15,45 1-3 * * ?",
            "0 30 2 * * ?",
            "0 0 0 ? * SUN",
            "10 5 */2 LW * ?");
    /** Gap and overlap; a shift by half an hour; a whole day left out. */
    private static final List<String> ZONES = List.of("UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia");

    private static final List<Instant> AROUND = List.of(
            Instant.parse("2026-03-07T20:00:00Z"),
            Instant.parse("2026-10-31T23:17:43Z"),
            Instant.parse("2026-04-04T10:00:00.5Z"),
            Instant.parse("2026-10-03T12:34:56Z"),
            Instant.parse("2011-12-29T20:00:01Z"));

    static Stream<Arguments> rules() {
        return Stream.of(Gap.values())
                .flatMap(gap -> Stream.of(Overlap.values()).map(overlap -> Arguments.of(gap, overlap)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void counting_finds_as_many_as_visiting(Gap gap, Overlap overlap) {
        for (String expression : EXPRESSIONS) {
            for (String zone : ZONES) {
                Occurrences times = new Timetable(Timetable.Kind.CRON, expression, zone, gap, overlap).occurrences();
                for (Instant from : AROUND) {
                    Instant through = from.plus(Duration.ofMinutes(expression.startsWith("*") ? 600 : 3000));
                    assertThat(times.count(from, through))
                            .as("%s in %s after %s", expression, zone, from)
                            .isEqualTo(times.between(from, through, Integer.MAX_VALUE)
                                    .size());
                }
            }
        }
    }

    @Test
    void years_of_seconds_are_counted_at_once() {
        Occurrences seconds = Timetable.cron("* * * * * ?", "Europe/Berlin").occurrences();
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant through = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(seconds.count(from, through))
                .isEqualTo(Duration.between(from, through).toSeconds());
    }
}

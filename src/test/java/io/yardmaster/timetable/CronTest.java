package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CronTest {
    private static List<String> next(Timetable timetable, String after, int count) {
        return timetable.occurrences().preview(Instant.parse(after), count).stream()
                .map(found -> found.at() + (found.adjustment() == Adjustment.NONE ? "" : " " + found.adjustment()))
                .toList();
    }

    // R2
    @Test
    void a_daily_job_in_the_gap_runs_once_where_the_gap_ends() {
        assertThat(next(Timetable.cron("0 30 2 * * ?", "America/New_York"), "2026-03-07T00:00:00Z", 3))
                .containsExactly("2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z END_OF_GAP", "2026-03-09T06:30:00Z");
    }

    // R2
    @Test
    void a_daily_job_in_the_overlap_runs_in_its_first_pass_only() {
        assertThat(next(Timetable.cron("0 30 1 * * ?", "America/New_York"), "2026-10-31T12:00:00Z", 2))
                .containsExactly("2026-11-01T05:30:00Z FIRST_PASS", "2026-11-02T06:30:00Z");
    }

    // R2
    @Test
    void a_job_every_quarter_of_an_hour_follows_real_time_through_both_changes() {
        Occurrences quarters =
                Timetable.cron("0 */15 * * * ?", "America/New_York").occurrences();
        for (String day : List.of("2026-03-08T00:00:00Z", "2026-11-01T00:00:00Z")) {
            Instant from = Instant.parse(day);
            List<Occurrence> found = quarters.between(from, from.plus(Duration.ofDays(1)), 1000);
            assertThat(found).hasSize(96);
        }
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                arguments(Gap.END_OF_GAP, List.of("2026-03-08T07:00:00Z END_OF_GAP", "2026-03-09T06:15:00Z")),
                arguments(Gap.SHIFT, List.of("2026-03-08T07:15:00Z SHIFTED", "2026-03-08T07:45:00Z SHIFTED")),
                arguments(Gap.SKIP, List.of("2026-03-09T06:15:00Z", "2026-03-09T06:45:00Z")));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void the_gap_rule_of_the_timetable_comes_before_the_default(Gap gap, List<String> expected) {
        Timetable timetable = new Timetable(Timetable.Kind.CRON, "0 15,45 2 * * ?", "America/New_York", gap, null);
        assertThat(next(timetable, "2026-03-08T00:00:00Z", 2)).isEqualTo(expected);
    }

    @Test
    void the_overlap_rule_of_the_timetable_comes_before_the_default() {
        Timetable second = new Timetable(Timetable.Kind.CRON, "0 30 1 * * ?", "America/New_York", null, Overlap.SECOND);
        assertThat(next(second, "2026-11-01T00:00:00Z", 1)).containsExactly("2026-11-01T06:30:00Z SECOND_PASS");
        Timetable both = new Timetable(Timetable.Kind.CRON, "0 30 1 * * ?", "America/New_York", null, Overlap.BOTH);
        assertThat(next(both, "2026-11-01T00:00:00Z", 2))
                .containsExactly("2026-11-01T05:30:00Z FIRST_PASS", "2026-11-01T06:30:00Z SECOND_PASS");
    }

    @Test
    void two_local_times_that_mean_one_instant_fire_once() {
        assertThat(next(Timetable.cron("0 0,30 2,3 * * ?", "America/New_York"), "2026-03-08T06:59:59Z", 2))
                .containsExactly("2026-03-08T07:00:00Z END_OF_GAP", "2026-03-08T07:30:00Z");
    }

    // Quartz itself answers null here
    @Test
    void a_date_asked_for_from_inside_the_repeated_hour_is_found() {
        Timetable once =
                new Timetable(Timetable.Kind.CRON, "29 5 2 23 2 ? 2025", "Africa/Casablanca", null, Overlap.SECOND);
        assertThat(next(once, "2025-02-23T01:40:00Z", 2)).containsExactly("2025-02-23T02:05:29Z SECOND_PASS");
    }

    @Test
    void rare_dates_are_found_and_finished_ones_end() {
        assertThat(next(Timetable.cron("0 0 0 29 2 ?", "UTC"), "2096-03-01T00:00:00Z", 1))
                .isEmpty();
        assertThat(next(Timetable.cron("0 0 0 29 2 ?", "UTC"), "2028-03-01T00:00:00Z", 1))
                .containsExactly("2032-02-29T00:00:00Z");
        assertThat(next(Timetable.cron("0 0 0 1 1 ? 2020", "Europe/Berlin"), "2026-01-01T00:00:00Z", 1))
                .isEmpty();
    }

    @Test
    void fractions_of_a_second_are_no_reason_to_skip_or_repeat() {
        Occurrences seconds = Timetable.cron("* * * * * ?", "UTC").occurrences();
        assertThat(seconds.next(Instant.parse("2026-01-01T00:00:00.999999Z")))
                .contains(Instant.parse("2026-01-01T00:00:01Z"));
        assertThat(seconds.next(Instant.parse("2026-01-01T00:00:01Z"))).contains(Instant.parse("2026-01-01T00:00:02Z"));
    }

    @Test
    void names_and_spaces_make_no_difference() {
        Timetable typed = Timetable.cron(" 0  0 9 ? jan-Mar  mon-fri ", "Europe/Berlin");
        assertThat(typed.expression()).isEqualTo("0 0 9 ? JAN-MAR MON-FRI");
        assertThat(next(typed, "2026-03-31T12:00:00Z", 1)).containsExactly("2027-01-01T08:00:00Z");
    }
}

package io.yardmaster.timetable;

import static io.yardmaster.timetable.Timetable.Kind.DELAY;
import static io.yardmaster.timetable.Timetable.Kind.ONCE;
import static io.yardmaster.timetable.Timetable.Kind.RATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.timetable.Timetable.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of timetable beside Quartz's cron. */
final class KindsTest {
    private static final String BERLIN = "Europe/Berlin";

    // R1 R2
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        UNIX_CRON | 30 2 * * 1-5          | 2026-11-20T12:00:00Z | 2026-11-23T01:30:00Z 2026-11-24T01:30:00Z
        UNIX_CRON | 0 0 13 * 5            | 2026-11-20T12:00:00Z | 2026-11-26T23:00:00Z 2026-12-03T23:00:00Z 2026-12-10T23:00:00Z 2026-12-12T23:00:00Z
        UNIX_CRON | 0 0 * * sat-sun       | 2026-11-20T12:00:00Z | 2026-11-20T23:00:00Z 2026-11-21T23:00:00Z 2026-11-27T23:00:00Z
        UNIX_CRON | @weekly               | 2026-11-20T12:00:00Z | 2026-11-21T23:00:00Z 2026-11-28T23:00:00Z
        UNIX_CRON | 0 0 * * 0-0           | 2026-11-20T12:00:00Z | 2026-11-21T23:00:00Z 2026-11-28T23:00:00Z
        UNIX_CRON | 0 0 * * 5-0           | 2026-11-20T12:00:00Z | 2026-11-20T23:00:00Z 2026-11-21T23:00:00Z 2026-11-26T23:00:00Z
        CRON      | @monthly              | 2026-11-20T12:00:00Z | 2026-11-30T23:00:00Z 2026-12-31T23:00:00Z
        CRON      | @hourly               | 2026-10-24T23:30:00Z | 2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z
        RATE      | R/2026-01-01T00:00:00Z/PT90S    | 2026-01-01T00:00:00Z | 2026-01-01T00:01:30Z 2026-01-01T00:03:00Z
        RATE      | R2/2026-01-01T00:00Z/PT1H       | 2025-01-01T00:00:00Z | 2026-01-01T00:00:00Z 2026-01-01T01:00:00Z
        RATE      | R3/2026-01-01T00:00Z/2026-01-01T00:10Z | 2026-01-01T00:05:00Z | 2026-01-01T00:10:00Z 2026-01-01T00:20:00Z
        RATE      | R/2026-01-31T18:00/P1M          | 2026-01-31T16:00:00Z | 2026-01-31T17:00:00Z 2026-02-28T17:00:00Z 2026-03-31T16:00:00Z
        RATE      | R/2026-03-28T02:30/P1D          | 2026-03-28T00:00:00Z | 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
        RATE      | R/2026-03-28T02:30/PT24H        | 2026-03-28T00:00:00Z | 2026-03-28T01:30:00Z 2026-03-29T01:30:00Z 2026-03-30T01:30:00Z
        RATE      | R/1860-01-01T02:00/P1D          | 2026-11-20T12:00:00Z | 2026-11-21T01:00:00Z 2026-11-22T01:00:00Z
        DATES     | every 3 months from 2026-01-01 at 18:00 on last working day | 2026-01-01T00:00:00Z | 2026-01-30T17:00:00Z 2026-04-30T16:00:00Z 2026-07-31T16:00:00Z
        DATES     | every month from 2026-01-15 at 06:00 on second tuesday | 2026-01-01T00:00:00Z | 2026-02-10T05:00:00Z 2026-03-10T05:00:00Z
        DATES     | every 2 weeks from 2026-01-06 at 06:00,18:00 on mon,thu | 2026-01-01T00:00:00Z | 2026-01-08T05:00:00Z 2026-01-08T17:00:00Z 2026-01-19T05:00:00Z
        DATES     | every 10 days from 2026-01-01 at 00:00:30 | 2026-01-01T00:00:00Z | 2026-01-10T23:00:30Z 2026-01-20T23:00:30Z
        DATES     | every month from 2026-01-31 at 12:00 | 2026-02-01T00:00:00Z | 2026-02-28T11:00:00Z 2026-03-31T10:00:00Z
        DATES     | every year from 2024-02-29 at 12:00 | 2026-01-01T00:00:00Z | 2026-02-28T11:00:00Z 2027-02-28T11:00:00Z 2028-02-29T11:00:00Z
        DATES     | every month from 2026-01-01 at 12:00 on fifth friday | 2026-01-01T00:00:00Z | 2026-01-30T11:00:00Z 2026-05-29T10:00:00Z
        ONCE      | 2026-11-23T02:00      | 2026-01-01T00:00:00Z | 2026-11-23T01:00:00Z
        ONCE      | 2026-03-29T02:30      | 2026-01-01T00:00:00Z | 2026-03-29T01:00:00Z
        ONCE      | 2026-11-23T02:00:05Z  | 2026-01-01T00:00:00Z | 2026-11-23T02:00:05Z
        ONCE      | 2026-11-23T02:00+09:00| 2026-01-01T00:00:00Z | 2026-11-22T17:00:00Z
        """)
    void come_when_they_should(Kind kind, String expression, String from, String expected) {
        List<String> wanted = List.of(expected.split(" "));
        Timetable timetable = new Timetable(kind, expression, BERLIN, null, null);
        assertThat(timetable.occurrences().preview(Instant.parse(from), wanted.size()))
                .extracting(occurrence -> occurrence.at().toString())
                .isEqualTo(wanted);
    }

    @Test
    void a_single_time_and_a_bounded_repetition_are_exhausted() {
        Instant after = Instant.parse("2026-11-23T01:00:00Z");
        assertThat(occurrences(ONCE, "2026-11-23T02:00").after(after)).isEmpty();
        assertThat(occurrences(RATE, "R2/2026-11-22T00:00/P1D").after(after)).isEmpty();
        assertThat(occurrences(RATE, "R2/2026-11-23T00:00Z/PT1H").after(after)).isEmpty();
    }

    @Test
    void a_single_time_in_a_gap_is_marked_as_moved_by_the_clock_change() {
        assertThat(occurrences(ONCE, "2026-03-29T02:30").after(Instant.EPOCH))
                .extracting(Occurrence::adjustment)
                .containsExactly(Adjustment.END_OF_GAP);
    }

    @Test
    void a_count_of_an_exact_rate_is_that_of_its_instants() {
        Occurrences rate = occurrences(RATE, "R50/2026-01-01T00:00Z/PT7S");
        Instant from = Instant.parse("2025-12-31T23:59:00Z");
        for (int seconds = 0; seconds < 500; seconds += 11) {
            Instant through = from.plusSeconds(seconds);
            assertThat(rate.count(from, through))
                    .isEqualTo(rate.between(from, through, Integer.MAX_VALUE).size());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        R/2026-01-01T00:00Z/PT9223372036854775807S
        R/-9999-01-01T00:00Z/PT9000000000000000000S
        R/2026-01-01T00:00/P999999999Y
        R/2026-01-01T00:00/P2147483647D
        R/+999999999-01-01T00:00/P1D
        """)
    void a_period_beyond_all_calendars_comes_once_at_most_and_breaks_nothing(String expression) {
        Occurrences rate = occurrences(RATE, expression);
        assertThat(rate.after(Instant.parse("2026-06-01T00:00:00Z"))).isEmpty();
        assertThat(rate.count(Instant.EPOCH, Instant.parse("2027-01-01T00:00:00Z")))
                .isLessThanOrEqualTo(1);
    }

    // R1: a schedule that cannot be stored, or whose zone cannot be shown, is refused while it is written
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        RATE  | R/2026-01-01T00:00Z/PT90S
        ONCE  | 2026-11-23T02:00:05Z
        DELAY | PT5M
        """)
    void need_a_zone_that_is_known_even_if_they_do_not_ask_it(Kind kind, String expression) {
        Timetable timetable = new Timetable(kind, expression, "Mars/Base", null, null);
        assertThatThrownBy(timetable::occurrences).hasMessageContaining("Mars/Base");
        assertThat(timetable.faults()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        DATES | every day from 2026-01-01 at 00:0…0
        RATE  | R/2026-01-01T00:00Z/PT…90S
        DELAY | PT…90S
        """)
    void are_no_longer_than_can_be_stored(Kind kind, String expression) {
        String filler = kind == Kind.DATES ? "0,00:0".repeat(100) : "0".repeat(500);
        assertThatThrownBy(() -> occurrences(kind, expression.replace("…", filler)))
                .isInstanceOf(BadTimetable.class)
                .hasMessageContaining("500");
    }

    @Test
    void a_delay_is_a_period_and_knows_no_instants_of_its_own() {
        assertThat(Delay.read(new Timetable(DELAY, "PT5M", "UTC", null, null))).isEqualTo(Duration.ofMinutes(5));
        assertThat(occurrences(DELAY, "PT5M").after(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        UNIX_CRON | 0 30 2 * * ?    | five: minute hour
        UNIX_CRON | 61 2 * * *      | minute is '61' at position 1
        UNIX_CRON | 0 2 * * L       | day of week is 'L' at position 9
        UNIX_CRON | 0 22-2 * * *    | runs backwards
        UNIX_CRON | */0 * * * *     | steps by 0
        UNIX_CRON | 0 0 30 2 *      | never comes
        UNIX_CRON | @fortnightly    | @yearly, @annually, @monthly
        RATE      | PT90S           | R/2026-01-01T00:00Z/PT90S
        RATE      | R/2026-01-01T00:00Z/PT0S     | less than a second
        RATE      | R/2026-01-01T00:00Z/PT0.5S   | parts of seconds
        RATE      | R/2026-01-01T00:00Z/-P1D     | less than a day
        RATE      | R0/2026-01-01T00:00Z/P1D     | no time at all
        RATE      | R/2026-13-01T00:00Z/P1D      | no date and time
        DATES     | every full moon              | cannot be read
        DATES     | every 0 days from 2026-01-01 at 18:00 | 1 or more
        DATES     | every month from 2026-02-30 at 18:00 | begins on '2026-02-30'
        DATES     | every month from 2026-01-01 at 25:00 | names the time '25:00'
        DATES     | every month from 2026-01-01 at 12:00 on day 32 | 1 to 31
        DATES     | every month from 2026-01-01 at 12:00 on last someday | names the day 'someday'
        DATES     | every week from 2026-01-01 at 12:00 on last day | names the day 'last'
        DELAY     | 5m              | right would be whole seconds
        DELAY     | PT0S            | right would be whole seconds
        ONCE      | tomorrow        | no date and time
        """)
    void are_refused_with_what_would_be_right(Kind kind, String expression, String message) {
        assertThatThrownBy(() -> occurrences(kind, expression))
                .isInstanceOf(BadTimetable.class)
                .hasMessageContaining(message);
    }

    @Test
    void a_single_time_that_is_left_out_needs_a_rule_that_puts_it_somewhere() {
        Timetable none = new Timetable(ONCE, "2026-03-29T02:30", BERLIN, Gap.SKIP, null);
        assertThatThrownBy(none::occurrences).hasMessageContaining("leaves out");
    }

    private static Occurrences occurrences(Kind kind, String expression) {
        return new Timetable(kind, expression, BERLIN, null, null).occurrences();
    }
}

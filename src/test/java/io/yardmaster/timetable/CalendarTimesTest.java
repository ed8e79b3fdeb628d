package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.timetable.Timetable.Kind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Monday to Friday; Christmas 2026 is off, Saturday the 19th is made up for it; nothing from 22:00 to 02:00. */
final class CalendarTimesTest {
    private static final BusinessCalendar CALENDAR = BusinessCalendar.plain(LocalDate.of(2026, 12, 31))
            .with(
                    new TreeMap<>(Map.of(LocalDate.of(2026, 12, 25), "Christmas", LocalDate.of(2026, 12, 24), "Eve")),
                    new TreeMap<>(Map.of(LocalDate.of(2026, 12, 19), "made up")));

    // R4
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SKIP     | 0 0 9 * * ?      | 12-18T12 | 12-19T08 -12-20T08 12-21T08
        SKIP     | 0 0 9 * * ?      | 12-23T12 | -12-24T08 -12-25T08 -12-26T08 -12-27T08 12-28T08
        PREVIOUS | 0 0 9 ? * SAT    | 12-13T12 | 12-19T08 12-23T08
        NEXT     | 0 0 9 ? * FRI    | 12-13T12 | 12-18T08 12-28T08
        NEXT     | 0 0 9 24-28 * ?  | 12-13T12 | 12-28T08 12-28T08 12-28T08 12-28T08 12-28T08
        PREVIOUS | 0 0 9 24-28 * ?  | 12-13T12 | 12-23T08 12-23T08 12-23T08 12-23T08 12-28T08
        NEXT     | 0 0 23 ? * WED   | 12-22T12 | 12-28T01
        PREVIOUS | 0 0 23 ? * WED   | 12-22T12 | 12-23T01
        NEXT     | 0 30 1 ? * MON   | 12-20T12 | 12-21T01
        """)
    void are_left_out_or_moved(CalendarRule rule, String cron, String after, String expected) {
        BusinessCalendar dark = new BusinessCalendar(
                CALENDAR.weekdays(),
                CALENDAR.holidays(),
                CALENDAR.workdays(),
                List.of(new Blackout(LocalTime.of(22, 0), LocalTime.of(2, 0))),
                CALENDAR.knownThrough());
        List<String> wanted = List.of(expected.split(" "));
        Occurrences times = Timetable.cron(cron, "Europe/Berlin")
                .with(new FollowedCalendar(1, rule))
                .occurrences(dark);
        assertThat(times.preview(Instant.parse("2026-" + after + ":00:00Z"), wanted.size()))
                .extracting(
                        one -> (one.skipped() ? "-" : "") + one.at().toString().substring(5, 13))
                .isEqualTo(wanted);
    }

    // R4: moved into the gap of 29 March, from which the clock comes out within a blackout
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        NEXT     | END_OF_GAP | 03:00-04:00 | 2026-03-29T02:00:00Z
        NEXT     | SHIFT      | 03:15-04:15 | 2026-03-29T02:15:00Z
        NEXT     | SHIFT      | 03:00-03:15 | 2026-03-29T01:30:00Z
        PREVIOUS | END_OF_GAP | 03:00-05:00 | 2026-03-29T03:00:00Z
        """)
    void nothing_starts_in_a_blackout_that_a_clock_change_leads_into(
            CalendarRule rule, Gap gap, String blackout, Instant due) {
        LocalDate closed = LocalDate.of(2026, 3, rule == CalendarRule.NEXT ? 28 : 30);
        List<LocalTime> hours =
                Stream.of(blackout.split("-")).map(LocalTime::parse).toList();
        BusinessCalendar calendar = new BusinessCalendar(
                EnumSet.allOf(DayOfWeek.class),
                new TreeMap<>(Map.of(closed, "closed")),
                new TreeMap<>(),
                List.of(new Blackout(hours.get(0), hours.get(1))),
                LocalDate.of(2026, 12, 31));
        Occurrences times = new Timetable(
                        Kind.CRON,
                        "0 30 2 " + closed.getDayOfMonth() + " 3 ?",
                        "Europe/Berlin",
                        gap,
                        null,
                        new FollowedCalendar(1, rule))
                .occurrences(calendar);
        assertThat(times.next(Instant.parse("2026-03-01T00:00:00Z"))).contains(due);
    }

    @Test
    void a_working_day_is_one_of_the_calendar() {
        Timetable last = new Timetable(
                Kind.DATES,
                "every month from 2026-12-01 at 18:00 on third working day",
                "UTC",
                null,
                null,
                new FollowedCalendar(1, CalendarRule.SKIP));
        BusinessCalendar calendar =
                CALENDAR.with(new TreeMap<>(Map.of(LocalDate.of(2026, 12, 2), "")), new TreeMap<>());
        assertThat(last.occurrences(calendar).next(Instant.parse("2026-12-01T00:00:00Z")))
                .contains(Instant.parse("2026-12-04T18:00:00Z"));
    }

    @Test
    void what_finds_no_working_day_within_a_month_is_left_out() {
        TreeMap<LocalDate, String> closed = new TreeMap<>();
        for (int day = 0; day < 60; day++) {
            closed.put(LocalDate.of(2026, 7, 1).plusDays(day), "closed");
        }
        Occurrences times = Timetable.cron("0 0 9 15 7 ?", "UTC")
                .with(new FollowedCalendar(1, CalendarRule.NEXT))
                .occurrences(CALENDAR.with(closed, new TreeMap<>()));
        assertThat(times.after(Instant.parse("2026-01-01T00:00:00Z")))
                .singleElement()
                .matches(Occurrence::skipped)
                .extracting(Occurrence::at)
                .isEqualTo(Instant.parse("2026-07-15T09:00:00Z"));
    }

    // R3
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        NEXT     | 0 30 2,9,23 * * ?  | Europe/Berlin
        PREVIOUS | 0 30 2,9,23 * * ?  | Europe/Berlin
        NEXT     | 0 15 0 24-31 * ?   | Africa/Cairo
        PREVIOUS | 0 0 23 ? * FRI,SUN | America/New_York
        """)
    void a_period_has_what_one_instant_after_the_other_has(CalendarRule rule, String cron, String zone) {
        Occurrences times =
                Timetable.cron(cron, zone).with(new FollowedCalendar(1, rule)).occurrences(CALENDAR);
        Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            Instant after = Instant.parse("2026-10-01T00:00:00Z").plusSeconds(random.nextInt(150 * 86_400));
            Instant through = after.plusSeconds(random.nextInt(40 * 86_400));
            int limit = random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(20);
            assertThat(times.between(after, through, limit)).isEqualTo(oneByOne(times, after, through, limit));
        }
    }

    private static List<Occurrence> oneByOne(Occurrences times, Instant after, Instant through, int limit) {
        List<Occurrence> found = new ArrayList<>();
        List<Occurrence> next = times.after(after);
        while (found.size() < limit && !next.isEmpty() && !next.get(0).at().isAfter(through)) {
            found.addAll(next);
            next = times.after(next.get(0).at());
        }
        return found;
    }

    @Test
    void a_yearly_timetable_is_quick() {
        Occurrences times = Timetable.cron("0 0 9 29 2 ?", "UTC")
                .with(new FollowedCalendar(1, CalendarRule.NEXT))
                .occurrences(CALENDAR);
        long start = System.nanoTime();
        assertThat(times.preview(Instant.parse("2026-01-01T00:00:00Z"), 100)).hasSize(18);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        CRON      | 0 */5 * * * ?                | PREVIOUS | repeats within the day
        UNIX_CRON | 0 * * * *                    | NEXT     | repeats within the day
        RATE      | R/2026-01-01T00:00:00Z/PT24H | NEXT     | repeats within the day
        DELAY     | PT5M                         | SKIP     | goes by no calendar
        """)
    void rules_that_do_not_fit_are_refused(Kind kind, String expression, CalendarRule rule, String message) {
        Timetable timetable = new Timetable(kind, expression, "UTC", null, null, new FollowedCalendar(1, rule));
        assertThatThrownBy(() -> timetable.occurrences(CALENDAR))
                .isInstanceOf(BadTimetable.class)
                .hasMessageContaining(message);
        assertThat(timetable.faults()).hasSize(1);
    }

    @Test
    void single_times_may_be_moved() {
        Timetable once = new Timetable(
                Kind.ONCE, "2026-12-25T09:00Z", "UTC", null, null, new FollowedCalendar(1, CalendarRule.NEXT));
        assertThat(once.occurrences(CALENDAR).next(Instant.EPOCH)).contains(Instant.parse("2026-12-28T09:00:00Z"));
    }

    /** Each question looks at the times of weeks: all seconds of a day, one by one, would hold up the server. */
    @Test
    void more_times_of_day_than_can_be_moved_are_refused() {
        String sixty = IntStream.range(0, 60).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String all = sixty + " " + sixty + " 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23 ? * *";
        Timetable timetable = Timetable.cron(all, "UTC").with(new FollowedCalendar(1, CalendarRule.NEXT));
        assertThat(timetable.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.field()).isEqualTo("calendarRule"));
        Timetable some = Timetable.cron("0 0,5,10,15,20,25,30,35,40,45,50,55 6,7,8,9 ? * *", "UTC");
        assertThat(some.with(new FollowedCalendar(1, CalendarRule.NEXT)).faults())
                .isEmpty();
    }
}

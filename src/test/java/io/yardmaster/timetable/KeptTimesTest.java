package io.yardmaster.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.calendar.BusinessCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept, found in strides, against going through one by one. */
final class KeptTimesTest {
    private static final BusinessCalendar CALENDAR = new BusinessCalendar(
            BusinessCalendar.USUAL,
            new TreeMap<>(java.util.Map.of(LocalDate.of(2026, 10, 28), "a Wednesday")),
            new TreeMap<>(java.util.Map.of(LocalDate.of(2026, 10, 31), "a Saturday")),
            List.of(
                    new Blackout(LocalTime.of(12, 0), LocalTime.of(13, 30)),
                    new Blackout(LocalTime.of(23, 0), LocalTime.of(0, 30))),
            LocalDate.of(2026, 12, 31));

    // R3: clocks change at midnight in Cairo, Havana and Beirut, by half an hour on Lord Howe
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0/7 * * * ? | Africa/Cairo | 2026-10-29T00:00:00Z",
                "0 0/7 * * * ? | Africa/Cairo | 2026-04-23T00:00:00Z",
                "0 0/20 * * * ? | America/Havana | 2026-10-31T00:00:00Z",
                "0 0/20 * * * ? | America/Havana | 2026-03-07T00:00:00Z",
                "0 0/11 * * * ? | Asia/Beirut | 2026-10-24T00:00:00Z",
                "0 0/11 * * * ? | Australia/Lord_Howe | 2026-10-03T00:00:00Z",
                "0 15 9,12,23 * * ? | Europe/Berlin | 2026-10-23T00:00:00Z",
                "0 15 12 * * ? | Europe/Berlin | 2026-10-23T00:00:00Z"
            })
    void are_those_that_are_not_left_out(String cron, String zone, Instant from) {
        Occurrences times = Timetable.cron(cron, zone)
                .with(new FollowedCalendar(1, CalendarRule.SKIP))
                .occurrences(CALENDAR);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            Instant after = from.plusSeconds(random.nextInt(8 * 86_400));
            Instant through = after.plusSeconds(random.nextInt(random.nextBoolean() ? 1_000 : 4 * 86_400));
            List<Occurrence> kept = times.between(after, through, Integer.MAX_VALUE).stream()
                    .filter(one -> !one.skipped())
                    .toList();
            assertThat(times.countKept(after, through)).isEqualTo(kept.size());
            assertThat(times.kept(after, through)).isEqualTo(kept.isEmpty() ? List.of() : kept.subList(0, 1));
        }
    }

    @Test
    void a_weekend_of_seconds_is_one_step() {
        Occurrences times = Timetable.cron("* * * * * ?", "UTC")
                .with(new FollowedCalendar(1, CalendarRule.SKIP))
                .occurrences(BusinessCalendar.plain(LocalDate.of(2026, 12, 31)));
        Instant saturday = Instant.parse("2026-11-21T00:00:00Z");
        long start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            assertThat(times.kept(saturday, Instant.MAX).get(0).at()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    // R18: seconds that nothing keeps, on days on which clocks change too
    @Test
    void years_without_a_working_day_are_gone_through_by_the_day() {
        TreeMap<LocalDate, String> closed = new TreeMap<>();
        for (LocalDate sunday = LocalDate.of(2026, 1, 4); sunday.getYear() < 2100; sunday = sunday.plusWeeks(1)) {
            closed.put(sunday, "closed");
        }
        BusinessCalendar never = new BusinessCalendar(
                EnumSet.of(DayOfWeek.SUNDAY), closed, new TreeMap<>(), List.of(), LocalDate.of(2099, 12, 31));
        Occurrences times = Timetable.cron("* * * * * ?", "Europe/Berlin")
                .with(new FollowedCalendar(1, CalendarRule.SKIP))
                .occurrences(never);
        assertTimeoutPreemptively(
                Duration.ofSeconds(4),
                () -> assertThat(times.kept(Instant.parse("2026-11-22T00:00:00Z"), Instant.MAX))
                        .isEmpty());
    }
}

package io.yardmaster.web.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.calendar.Blackout;
import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.database.Said;
import io.yardmaster.timetable.Adjustment;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Terms;
import io.yardmaster.web.definition.CalendarName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PreviewTest {
    @Test
    void ten_fires_are_told_by_the_clock_of_the_timetables_zone() {
        Preview preview = of(
                Timetable.cron("0 30 2 * * ?", "Europe/Berlin"), Terms.STANDARD, Instant.parse("2026-01-10T00:00:00Z"));
        assertThat(preview.fires()).hasSize(10);
        assertThat(preview.fires().get(0).local()).isEqualTo("2026-01-10 02:30:00");
        assertThat(preview.fires().get(0).weekday(Locale.ENGLISH)).isEqualTo("Sat");
        assertThat(preview.fires()).noneMatch(Preview.Fire::adjusted);
    }

    // R2
    @Test
    void a_fire_that_a_clock_change_moved_says_so() {
        Preview preview = of(
                Timetable.cron("0 30 2 * * ?", "Europe/Berlin"), Terms.STANDARD, Instant.parse("2026-03-28T12:00:00Z"));
        Preview.Fire first = preview.fires().get(0);
        assertThat(first.local()).isEqualTo("2026-03-29 03:00:00");
        assertThat(first.adjustment()).isEqualTo(Adjustment.END_OF_GAP);
    }

    @Test
    void what_cannot_be_read_is_told_in_place_of_fires() {
        Timetable bad = Timetable.cron("0 30 25 * * ?", "Europe/Berlyn");
        Preview preview = Preview.unreadable(When.of(bad), bad.faults());
        assertThat(preview.problems())
                .extracting(Said::english)
                .satisfiesExactly(
                        cron -> assertThat(cron).contains("hour is '25'"),
                        zone -> assertThat(zone).contains("zone is 'Europe/Berlyn'"));
    }

    @Test
    void nothing_before_or_after_a_schedules_validity_is_told() {
        Terms terms = new Terms(
                Instant.parse("2026-02-01T00:00:00Z"),
                Instant.parse("2026-02-03T00:00:00Z"),
                Duration.ofMinutes(5),
                null);
        Preview preview = of(Timetable.cron("0 0 0 * * ?", "UTC"), terms, Instant.parse("2026-01-10T00:00:00Z"));
        assertThat(preview.fires())
                .extracting(Preview.Fire::local)
                .containsExactly("2026-02-01 00:00:00", "2026-02-02 00:00:00", "2026-02-03 00:00:00");
        assertThat(preview.jittered().english()).contains("up to 5m later");
    }

    // R3
    @Test
    void what_a_calendar_leaves_out_is_told_between_the_fires_with_its_name() {
        Preview preview = by(CalendarRule.SKIP, Timetable.cron("0 0/30 * * * ?", "Europe/Berlin"));
        assertThat(preview.fires()).hasSize(12);
        assertThat(preview.fires())
                .filteredOn(fire -> fire.leftOut() > 0)
                .extracting(Preview.Fire::local, Preview.Fire::leftOut, Preview.Fire::calendar)
                .containsExactly(
                        tuple("2026-12-24 12:00:00", 8L, "shop/bank"), tuple("2026-12-24 18:00:00", 172L, "shop/bank"));
    }

    @Test
    void a_fire_that_a_calendar_moves_tells_from_where() {
        Preview preview = by(CalendarRule.NEXT, Timetable.cron("0 0 9 25 12 ? 2026", "Europe/Berlin"));
        assertThat(preview.fires()).singleElement().satisfies(fire -> {
            assertThat(fire.moved()).isTrue();
            assertThat(fire.local()).isEqualTo("2026-12-28 09:00:00");
            assertThat(fire.nominal()).isEqualTo("2026-12-25 09:00:00");
        });
    }

    @Test
    void a_calendar_that_leaves_everything_out_is_told_as_that() {
        Preview preview = by(CalendarRule.SKIP, Timetable.cron("0 0 13 ? * MON", "Europe/Berlin"));
        assertThat(preview.fires()).singleElement().satisfies(fire -> {
            assertThat(fire.leftOut()).isEqualTo(52);
            assertThat(fire.local()).isEqualTo("2026-12-28 13:00:00");
        });
    }

    /** Monday to Friday without the holidays of Christmas, and not from noon to four. */
    private static Preview by(CalendarRule rule, Timetable timetable) {
        TreeMap<LocalDate, String> holidays = new TreeMap<>(Map.of(LocalDate.of(2026, 12, 25), "Christmas Day"));
        BusinessCalendar bank = new BusinessCalendar(
                BusinessCalendar.USUAL,
                holidays,
                new TreeMap<>(),
                List.of(
                        new Blackout(LocalTime.NOON, LocalTime.of(16, 0)),
                        new Blackout(LocalTime.of(18, 0), LocalTime.of(8, 0))),
                LocalDate.of(2027, 12, 31));
        Timetable followed = timetable.with(new FollowedCalendar(1, rule));
        return Preview.of(
                When.of(timetable, new CalendarName("shop/bank", rule)),
                followed.occurrences(bank),
                Terms.STANDARD,
                Instant.parse("2026-12-24T09:31:00Z"));
    }

    private static Preview of(Timetable timetable, Terms terms, Instant from) {
        return Preview.of(When.of(timetable), timetable.occurrences(), terms, from);
    }
}

package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.calendar.BusinessCalendar;
import io.yardmaster.timetable.CalendarRule;
import io.yardmaster.timetable.FollowedCalendar;
import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");
    private static final ForecastGrid DAY = new ForecastGrid(Instant.parse("2026-11-22T10:00:00Z"), NOW, 60, 1440);

    @Test
    void a_hot_spot_is_named_and_a_jitter_brings_it_down() {
        List<Upcoming> nightly = LongStream.range(1, 413)
                .mapToObj(job -> upcoming(job, "0 0 0 * * ?", 0))
                .toList();
        Forecast forecast = Forecast.of(nightly, DAY, 50);
        assertThat(forecast.total()).isEqualTo(412);
        assertThat(forecast.hotSpots())
                .containsExactly(new Forecast.HotSpot(Instant.parse("2026-11-23T00:00:00Z"), 412, 412 * 2.0));
        Forecast.Spread spread = forecast.spread();
        assertThat(spread.before()).isEqualTo(412);
        assertThat(spread.schedules()).isEqualTo(412);
        assertThat(spread.enough()).isTrue();
        assertThat(spread.after()).isLessThanOrEqualTo(50);

        List<Upcoming> spreadOut = LongStream.range(1, 413)
                .mapToObj(job -> upcoming(job, "0 0 0 * * ?", spread.jitter()))
                .toList();
        assertThat(Forecast.of(spreadOut, DAY, 50).peak()).isEqualTo(spread.after());
    }

    @Test
    void a_spread_that_changes_nothing_is_not_proposed() {
        List<Upcoming> always = LongStream.range(1, 31)
                .mapToObj(job -> upcoming(job, "0 * * * * ?", 0))
                .toList();
        Forecast forecast = Forecast.of(always, DAY, 10);
        assertThat(forecast.hotSpots()).isNotEmpty();
        assertThat(forecast.spread()).isNull();
    }

    @Test
    void a_load_that_is_even_but_for_a_few_runs_has_no_hot_spot_unless_one_asks() {
        List<Upcoming> even = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            even.add(upcoming(i, i < 38 ? "0 * * * * ?" : "0 0/2 * * * ?", 0));
        }
        assertThat(Forecast.of(even, DAY, 0).hotSpots()).isEmpty();
        assertThat(Forecast.of(even, DAY, 39).hotSpots()).isNotEmpty();
    }

    @Test
    void every_second_costs_no_more_than_every_minute() {
        List<Upcoming> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(upcoming(i, "* * * * * ?", 0));
        }
        Forecast forecast = Forecast.of(all, DAY, 0);
        assertThat(forecast.leftOut()).isZero();
        assertThat(forecast.runs()[19]).isZero();
        assertThat(forecast.runs()[20]).isEqualTo(500 * 29);
        assertThat(forecast.runs()[21]).isEqualTo(500 * 60);
    }

    @Test
    void what_would_take_too_long_is_left_out_and_counted() {
        List<Upcoming> all = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            all.add(upcoming(i, i % 60 + " * * * * ?", 0));
        }
        Forecast forecast = Forecast.of(all, DAY, 0);
        assertThat(forecast.leftOut()).isBetween(900, 1200);
    }

    @Test
    void coming_fires_are_listed_in_order_and_page_by_page() {
        List<Upcoming> all = List.of(
                upcoming(1, "0 * * * * ?", 0), upcoming(2, "0 * * * * ?", 90), upcoming(3, "0/20 * * * * ?", 0));
        ComingFires fires = new ComingFires();
        Instant through = NOW.plusSeconds(600);
        List<ComingFires.ComingFire> whole = fires.list(all, NOW, ComingFires.Place.from(NOW), through, 1000);
        assertThat(whole).extracting(ComingFires.ComingFire::startAt).isSorted();
        assertThat(whole).hasSizeGreaterThan(45);
        List<ComingFires.ComingFire> paged = new ArrayList<>();
        ComingFires.Place place = ComingFires.Place.from(NOW);
        List<ComingFires.ComingFire> page;
        do {
            page = fires.list(all, NOW, place, through, 7);
            paged.addAll(page);
            if (!page.isEmpty()) {
                ComingFires.ComingFire last = page.get(page.size() - 1);
                place = ComingFires.Place.of(last);
            }
        } while (!page.isEmpty());
        assertThat(paged).isEqualTo(whole);
    }

    // R3
    @Test
    void what_a_calendar_leaves_out_is_neither_counted_nor_listed() {
        // the 22nd is a Sunday; a whole day of seconds is counted by the cell
        for (String cron : List.of("* * * * * ?", "0 * * * * ?")) {
            List<Upcoming> all = List.of(by(CalendarRule.SKIP, cron));
            long[] runs = Forecast.of(all, DAY, 0).runs();
            assertThat(LongStream.of(runs).limit(14 * 60).sum()).isZero();
            assertThat(runs[14 * 60]).isEqualTo(cron.startsWith("*") ? 60 : 1);
            assertThat(new ComingFires().list(all, NOW, ComingFires.Place.from(NOW), DAY.end(), 1))
                    .extracting(ComingFires.ComingFire::startAt)
                    .containsExactly(Instant.parse("2026-11-23T00:00:00Z"));
        }
    }

    @Test
    void fires_that_a_calendar_moves_to_one_instant_are_all_listed_wherever_a_page_ends() {
        List<Upcoming> all = List.of(by(CalendarRule.NEXT, "0 0 9 ? * SAT,SUN,MON"));
        Instant from = Instant.parse("2026-11-27T00:00:00Z");
        Instant through = Instant.parse("2026-12-06T00:00:00Z");
        List<ComingFires.ComingFire> found = new ArrayList<>();
        ComingFires.Place place = ComingFires.Place.from(from);
        List<ComingFires.ComingFire> page;
        do {
            page = new ComingFires().list(all, from, place, through, 1);
            found.addAll(page);
            place = page.isEmpty() ? place : ComingFires.Place.of(page.get(0));
        } while (!page.isEmpty());
        assertThat(found)
                .extracting(ComingFires.ComingFire::nominal)
                .containsExactly(
                        Instant.parse("2026-11-28T09:00:00Z"),
                        Instant.parse("2026-11-29T09:00:00Z"),
                        Instant.parse("2026-11-30T09:00:00Z"));
        assertThat(found)
                .extracting(ComingFires.ComingFire::startAt)
                .containsOnly(Instant.parse("2026-11-30T09:00:00Z"));
    }

    // moved to Monday by an edit, after it had its run
    @Test
    void what_has_been_dealt_with_is_neither_listed_nor_counted() {
        Upcoming all = by(CalendarRule.NEXT, "0 0 9 ? * SUN,MON");
        Upcoming one = by(CalendarRule.NEXT, "0 0 9 ? * SUN,MON", Set.of(Instant.parse("2026-11-22T09:00:00Z")));
        Instant end = Instant.parse("2026-11-23T09:00:00Z");
        assertThat(new ComingFires().list(List.of(all), NOW, ComingFires.Place.from(NOW), end, 10))
                .hasSize(2);
        assertThat(new ComingFires().list(List.of(one), NOW, ComingFires.Place.from(NOW), end, 10))
                .singleElement()
                .extracting(ComingFires.ComingFire::nominal)
                .isEqualTo(end);
        assertThat(Forecast.of(List.of(all, all, one), DAY, 0).total()).isEqualTo(5);
    }

    private static Upcoming by(CalendarRule rule, String cron) {
        return by(rule, cron, Set.of());
    }

    private static Upcoming by(CalendarRule rule, String cron, Set<Instant> settled) {
        Timetable timetable = Timetable.cron(cron, "UTC").with(new FollowedCalendar(1, rule));
        DatedTimetable when = new DatedTimetable(timetable, new HeldCalendar("shop/bank", 0));
        BusinessCalendar bank = BusinessCalendar.plain(LocalDate.of(2027, 12, 31));
        return new Upcoming(1, "s", 1, "shop", "job", when, bank, settled, 0, null, null, 2);
    }

    private static Upcoming upcoming(long job, String cron, int jitter) {
        return new Upcoming(
                job,
                "s",
                job,
                "shop",
                "job-" + job,
                DatedTimetable.plain(Timetable.cron(cron, "UTC")),
                null,
                Set.of(),
                jitter,
                null,
                null,
                2);
    }
}

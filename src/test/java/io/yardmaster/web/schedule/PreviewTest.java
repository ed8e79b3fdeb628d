package io.yardmaster.web.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Said;
import io.yardmaster.timetable.Adjustment;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class PreviewTest {
    @Test
    void ten_fires_are_told_by_the_clock_of_the_timetables_zone() {
        Preview preview = Preview.of(
                Timetable.cron("0 30 2 * * ?", "Europe/Berlin"), Terms.STANDARD, Instant.parse("2026-01-10T00:00:00Z"));
        assertThat(preview.fires()).hasSize(10);
        assertThat(preview.fires().get(0).local()).isEqualTo("2026-01-10 02:30:00");
        assertThat(preview.fires().get(0).weekday(Locale.ENGLISH)).isEqualTo("Sat");
        assertThat(preview.fires()).noneMatch(Preview.Fire::adjusted);
    }

    // R2
    @Test
    void a_fire_that_a_clock_change_moved_says_so() {
        Preview preview = Preview.of(
                Timetable.cron("0 30 2 * * ?", "Europe/Berlin"), Terms.STANDARD, Instant.parse("2026-03-28T12:00:00Z"));
        Preview.Fire first = preview.fires().get(0);
        assertThat(first.local()).isEqualTo("2026-03-29 03:00:00");
        assertThat(first.adjustment()).isEqualTo(Adjustment.END_OF_GAP);
    }

    @Test
    void what_cannot_be_read_is_told_in_place_of_fires() {
        Preview preview = Preview.of(Timetable.cron("0 30 25 * * ?", "Europe/Berlyn"), Terms.STANDARD, Instant.EPOCH);
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
        Preview preview =
                Preview.of(Timetable.cron("0 0 0 * * ?", "UTC"), terms, Instant.parse("2026-01-10T00:00:00Z"));
        assertThat(preview.fires())
                .extracting(Preview.Fire::local)
                .containsExactly("2026-02-01 00:00:00", "2026-02-02 00:00:00", "2026-02-03 00:00:00");
        assertThat(preview.jittered().english()).contains("up to 5m later");
    }
}

package io.yardmaster.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.web.dashboard.Throughput.Bucket;
import io.yardmaster.web.dashboard.ThroughputChart.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ThroughputChartTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void an_hour_without_runs_has_an_axis_and_no_bars() {
        ThroughputChart chart = chart(hour());
        assertThat(chart.isEmpty()).isTrue();
        assertThat(chart.ticks()).containsExactly(2L, 1L, 0L);
        assertThat(chart.marks()).hasSize(7).startsWith(START).endsWith(START.plusSeconds(3600));
    }

    @Test
    void a_bar_stacks_what_succeeded_failed_and_ended_otherwise_on_its_place() {
        List<Bucket> hour = hour();
        hour.set(30, new Bucket(START.plusSeconds(1800), 6, 3, 1));
        ThroughputChart chart = chart(hour);
        List<Part> parts = chart.bars().get(0).parts();
        assertThat(parts).extracting(Part::kind).containsExactly("succeeded", "failed", "other");
        assertThat(parts).extracting(Part::height).containsExactly(72.0, 36.0, 12.0);
        assertThat(parts).extracting(Part::y).containsExactly(48.0, 12.0, 0.0);
        assertThat(parts.get(0).x()).isBetween(480.0, 496.0);
        assertThat(chart.sums()).isEqualTo(new Bucket(START, 6, 3, 1));
    }

    @Test
    void one_failure_among_thousands_can_be_seen_and_stays_inside() {
        List<Bucket> hour = hour();
        hour.set(0, new Bucket(START, 9_999, 1, 0));
        List<Part> parts = chart(hour).bars().get(0).parts();
        assertThat(parts.get(1).height()).isEqualTo(2);
        assertThat(parts.get(1).y()).isCloseTo(0, within(0.5));
    }

    @ParameterizedTest
    @CsvSource({"0,2", "1,2", "2,2", "3,5", "5,5", "6,10", "11,20", "21,50", "999,1000", "1001,2000"})
    void the_axis_ends_at_a_round_number_not_below_the_highest_bar(long most, long top) {
        List<Bucket> hour = hour();
        hour.set(7, new Bucket(START.plusSeconds(420), most, 0, 0));
        assertThat(chart(hour).ticks().get(0)).isEqualTo(top);
    }

    private static ThroughputChart chart(List<Bucket> buckets) {
        return ThroughputChart.of(buckets, MINUTE, 6);
    }

    private static List<Bucket> hour() {
        List<Bucket> hour = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            hour.add(new Bucket(START.plusSeconds(60L * i), 0, 0, 0));
        }
        return hour;
    }
}

package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.timetable.Timetable;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    private static Plan plan(String cron, Instant firedThrough, int schedules, Instant now, int mostRuns) {
        Timetable timetable = Timetable.cron(cron, "UTC");
        return Plan.of(new Mark(1, timetable, firedThrough, schedules, null), timetable.occurrences(), now, mostRuns);
    }

    // R18: never early
    @Test
    void what_is_due_now_fires_and_what_is_due_next_does_not() {
        Plan plan = plan("* * * * * ?", NOON.minusSeconds(2), 1, NOON.plusMillis(999), 1000);
        assertThat(plan.fires()).containsExactly(NOON.minusSeconds(1), NOON);
        assertThat(plan.firedThrough()).isEqualTo(NOON.plusMillis(999));
        assertThat(plan.nextDue()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void a_minute_late_is_in_time_and_more_is_missed() {
        Plan plan = plan("0 * * * * ?", NOON.minusSeconds(200), 1, NOON, 1000);
        assertThat(plan.fires()).containsExactly(NOON.minusSeconds(60), NOON);
        assertThat(plan.missed()).isEqualTo(new Plan.Missed(NOON.minusSeconds(180), NOON.minusSeconds(120), 2));
    }

    @Test
    void a_plan_that_stops_at_its_limit_says_where_to_go_on() {
        Plan plan = plan("* * * * * ?", NOON.minusSeconds(10), 3, NOON, 6);
        assertThat(plan.fires()).containsExactly(NOON.minusSeconds(9), NOON.minusSeconds(8));
        assertThat(plan.firedThrough()).isEqualTo(NOON.minusSeconds(8));
        assertThat(plan.nextDue()).isEqualTo(NOON.minusSeconds(7));
    }

    @Test
    void one_instant_is_one_step_however_many_runs_it_makes() {
        Plan plan = plan("* * * * * ?", NOON.minusSeconds(10), 10_000, NOON, 1000);
        assertThat(plan.fires()).containsExactly(NOON.minusSeconds(9));
    }

    @Test
    void a_finished_timetable_is_due_no_more() {
        Plan plan = plan("0 0 0 1 1 ? 2020", NOON.minusSeconds(10), 1, NOON, 1000);
        assertThat(plan.nextDue()).isNull();
        assertThat(plan.firedThrough()).isEqualTo(NOON);
    }

    // R11: the database's clock stepped back
    @Test
    void a_clock_that_goes_back_moves_nothing_back() {
        Plan plan = plan("* * * * * ?", NOON, 1, NOON.minusSeconds(3600), 1000);
        assertThat(plan.fires()).isEmpty();
        assertThat(plan.firedThrough()).isEqualTo(NOON);
        assertThat(plan.nextDue()).isEqualTo(NOON.plusSeconds(1));
    }
}

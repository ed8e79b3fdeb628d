package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Occurrences;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlanTest {
    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    private static Plan plan(String cron, Instant firedThrough, int schedules, Instant now, int mostRuns) {
        return plan(cron, firedThrough, new Mark.Followers(schedules, 0, CatchUp.NONE, null), now, mostRuns);
    }

    private static Plan plan(String cron, Instant firedThrough, Mark.Followers followers, Instant now, int mostRuns) {
        Timetable timetable = Timetable.cron(cron, "UTC");
        return Plan.of(
                new Mark(1, DatedTimetable.plain(timetable), Set.of(), firedThrough, null, followers, null),
                timetable.occurrences(),
                now,
                new Plan.Bounds(mostRuns, 10_000));
    }

    private static List<Instant> fires(Plan plan) {
        return plan.fires().stream().map(Occurrence::nominal).toList();
    }

    // R18: never early
    @Test
    void what_is_due_now_fires_and_what_is_due_next_does_not() {
        Plan plan = plan("* * * * * ?", NOON.minusSeconds(2), 1, NOON.plusMillis(999), 1000);
        assertThat(fires(plan)).containsExactly(NOON.minusSeconds(1), NOON);
        assertThat(plan.firedThrough()).isEqualTo(NOON.plusMillis(999));
        assertThat(plan.nextDue()).isEqualTo(NOON.plusSeconds(1));
    }

    @Test
    void a_minute_late_is_in_time_and_more_is_missed() {
        Plan plan = plan("0 * * * * ?", NOON.minusSeconds(200), 1, NOON, 1000);
        assertThat(fires(plan)).containsExactly(NOON.minusSeconds(60), NOON);
        assertThat(plan.found().missed()).isEqualTo(new LeftOut(NOON.minusSeconds(180), NOON.minusSeconds(120), 2));
    }

    // R3
    @Test
    void what_is_made_up_reaches_back_as_far_as_any_schedule_does_and_no_further() {
        CatchUp three = new CatchUp(CatchUp.Policy.ALL, 3, Duration.ofDays(1), Duration.ZERO);
        Plan plan = plan("0 * * * * ?", NOON.minusSeconds(600), new Mark.Followers(2, 1, three, null), NOON, 1000);
        assertThat(plan.found().missed()).isEqualTo(new LeftOut(NOON.minusSeconds(540), NOON.minusSeconds(300), 5));
        assertThat(plan.found().late())
                .extracting(Occurrence::nominal)
                .containsExactly(NOON.minusSeconds(240), NOON.minusSeconds(180), NOON.minusSeconds(120));
        assertThat(fires(plan)).containsExactly(NOON.minusSeconds(60), NOON);
    }

    // R3: a Friday's run is not lost because the latest instant of the outage was a holiday's
    @Test
    void what_the_calendar_leaves_out_is_not_what_is_made_up() {
        Occurrences skipping = after -> Timetable.cron("0 * * * * ?", "UTC").occurrences().after(after).stream()
                .map(each -> new Occurrence(
                        each.at(), each.nominal(), each.adjustment(), each.at().isAfter(NOON.minusSeconds(240))))
                .toList();
        Mark.Followers latest = new Mark.Followers(1, 1, CatchUp.STANDARD, null);
        Timetable timetable = Timetable.cron("0 * * * * ?", "UTC");
        Mark mark = new Mark(1, DatedTimetable.plain(timetable), Set.of(), NOON.minusSeconds(600), null, latest, null);
        Plan plan = Plan.of(mark, skipping, NOON, new Plan.Bounds(1000, 10_000));
        assertThat(plan.found().late()).extracting(Occurrence::nominal).containsExactly(NOON.minusSeconds(240));
    }

    // R3
    @Test
    void a_week_of_seconds_is_passed_over_in_large_steps_to_what_is_made_up() {
        CatchUp latest = CatchUp.STANDARD;
        Instant weekAgo = NOON.minus(Duration.ofDays(7));
        Plan plan = plan("* * * * * ?", weekAgo, new Mark.Followers(1, 1, latest, null), NOON, 1000);
        assertThat(plan.found().missed())
                .isEqualTo(new LeftOut(weekAgo.plusSeconds(1), weekAgo.plusSeconds(50_000), 50_000));
        assertThat(plan.found().late()).isEmpty();
    }

    // R19: what was missed since makes no plan that cannot be cut into parts
    @Test
    void an_instant_begun_before_an_outage_is_finished_by_itself() {
        Timetable minutely = Timetable.cron("0 * * * * ?", "UTC");
        Mark.Followers many = new Mark.Followers(25, 25, CatchUp.STANDARD, null);
        Instant begun = NOON.minusSeconds(7200);
        Mark mark = new Mark(
                1,
                DatedTimetable.plain(minutely),
                Set.of(),
                begun.minusSeconds(1),
                begun,
                many,
                new Mark.Begun(begun, 10, 10));
        Plan plan = Plan.of(mark, minutely.occurrences(), NOON, new Plan.Bounds(1000, 10_000));
        assertThat(fires(plan)).containsExactly(begun);
        assertThat(plan.isOneInstant()).isTrue();
        assertThat(plan.firedThrough()).isEqualTo(begun);
        assertThat(plan.nextDue()).isEqualTo(begun.plusSeconds(60));
    }

    @Test
    void a_plan_that_stops_at_its_limit_says_where_to_go_on() {
        Plan plan = plan("* * * * * ?", NOON.minusSeconds(10), 3, NOON, 6);
        assertThat(fires(plan)).containsExactly(NOON.minusSeconds(9), NOON.minusSeconds(8));
        assertThat(plan.firedThrough()).isEqualTo(NOON.minusSeconds(8));
        assertThat(plan.nextDue()).isEqualTo(NOON.minusSeconds(7));
    }

    @Test
    void one_instant_is_one_step_however_many_runs_it_makes() {
        Plan plan = plan("* * * * * ?", NOON.minusSeconds(10), 10_000, NOON, 1000);
        assertThat(fires(plan)).containsExactly(NOON.minusSeconds(9));
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

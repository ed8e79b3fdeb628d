package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.run.RunState;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be a backfill, and what a plan tells before there is one. */
final class BackfillRulesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final BackfillTerms ONE = BackfillTerms.STANDARD;

    private BackfillScene scene;

    @BeforeEach
    void empty(Database database) {
        scene = BackfillScene.empty(database);
    }

    @Test
    void a_range_that_is_reversed_or_ahead_or_before_all_times_is_refused() {
        Instant from = BackfillScene.FROM;
        refused(from, from.minusSeconds(1), ONE, "until", "before the beginning of the range, 2026-01-01T00:00:00Z");
        refused(from, scene.base.now().plusSeconds(3600), ONE, "until", "lies ahead");
        refused(Instant.parse("1969-12-31T23:59:59Z"), from, ONE, "from", "not before 1970-01-01");
    }

    @Test
    void none_too_few_and_too_many_at_a_time_are_refused() {
        for (int wrong : List.of(0, -1, 101, Integer.MAX_VALUE)) {
            BackfillTerms terms = new BackfillTerms(wrong, false, false, false);
            refused(BackfillScene.FROM, BackfillScene.UNTIL, terms, "parallelism", "from 1 to 100");
        }
    }

    @Test
    void a_range_without_instants_is_refused() {
        refused(
                Instant.parse("2026-01-01T00:00:01Z"),
                Instant.parse("2026-01-01T00:59:59Z"),
                ONE,
                "until",
                "no instant lies between 2026-01-01T00:00:01Z");
    }

    @Test
    void more_than_a_hundred_thousand_instants_are_refused_with_the_end_that_would_be_right() {
        Timetable seconds = Timetable.cron("* * * * * ?", "UTC");
        BackfillDraft tooLong = given(seconds, BackfillScene.FROM, BackfillScene.FROM.plusSeconds(100_000));
        refused(tooLong, "until", "more than 100000 instants", "2026-01-02T03:46:39Z");
        long most = scene.create(given(seconds, BackfillScene.FROM, Instant.parse("2026-01-02T03:46:39Z")));
        assertThat(scene.progress(most).pending()).isEqualTo(100_000);
    }

    @Test
    void a_fixed_delay_has_no_instants_of_its_own() {
        Timetable delay = new Timetable(Timetable.Kind.DELAY, "PT5M", "UTC", null, null);
        refused(given(delay, BackfillScene.FROM, BackfillScene.UNTIL), "timetable.delay", "fixed delay");
    }

    @Test
    void a_timetable_that_cannot_be_read_is_refused_where_it_is_wrong() {
        Timetable wrong = Timetable.cron("0 0 25 * * ?", "UTC");
        refused(given(wrong, BackfillScene.FROM, BackfillScene.UNTIL), "timetable.cron", "");
    }

    @Test
    void parameters_are_checked() {
        BackfillDraft draft = scene.draft(ONE, Map.of("YARDMASTER_X", "1"));
        refused(draft, "parameters", "YARDMASTER_");
    }

    @Test
    void of_an_archived_job_there_is_none() {
        scene.base.database.useTransaction(
                transaction -> transaction.sql().execute("UPDATE job SET archived_at = clock_timestamp()"));
        assertThatThrownBy(() -> scene.tenHours(ONE)).isInstanceOf(Missing.class);
    }

    @Test
    void where_all_have_run_there_is_nothing_to_run() {
        long first = scene.tenHours(ONE);
        scene.endAll(first, RunState.SUCCEEDED);
        refused(scene.draft(ONE, Map.of()), "rerun", "each of the 10 instants");
    }

    // R1: the schedule is about to run it by itself
    @Test
    void an_instant_that_is_due_and_not_yet_fired_is_left_to_its_schedule() {
        Instant until = scene.base.now();
        scene.base.putBack(scene.schedule, Duration.ofMinutes(90));
        long made = scene.create(new BackfillDraft(
                scene.schedule.jobId(),
                scene.schedule,
                scene.schedule.timetable(),
                until.minusSeconds(3 * 3600),
                until,
                ONE,
                Map.of()));
        scene.base.server().fireDue();
        assertThat(scene.base.count("backfill_instant WHERE state = 'LEFT_OUT' AND backfill_id = " + made))
                .isEqualTo(scene.base.count("run WHERE schedule_id = " + scene.schedule.id()))
                .isPositive();
    }

    @Test
    void two_of_the_same_schedule_have_no_time_in_common() {
        long first = scene.tenHours(ONE);
        assertThatThrownBy(() -> scene.tenHours(ONE))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining(Long.toString(first));
        Instant later = BackfillScene.UNTIL.plusSeconds(1);
        scene.create(new BackfillDraft(
                scene.schedule.jobId(),
                scene.schedule,
                scene.schedule.timetable(),
                later,
                later.plusSeconds(7200),
                ONE,
                Map.of()));
        scene.cancel(first, true);
        scene.tenHours(ONE);
    }

    @Test
    void the_plan_is_the_first_and_the_last_ten_and_what_ran_already() {
        scene.history("2026-01-01T01:00:00Z", RunState.SUCCEEDED);
        scene.history("2026-01-01T02:00:00Z", RunState.FAILED);
        Instant until = Instant.parse("2026-01-02T23:00:00Z");
        BackfillDraft draft = new BackfillDraft(
                scene.schedule.jobId(),
                scene.schedule,
                scene.schedule.timetable(),
                BackfillScene.FROM,
                until,
                ONE,
                Map.of());
        BackfillPlan plan = scene.base.database.inTransaction(transaction -> scene.backfills.plan(transaction, draft));
        assertThat(plan.instants()).isEqualTo(48);
        assertThat(plan.withRun()).isEqualTo(2);
        assertThat(plan.toRun()).isEqualTo(47);
        assertThat(plan.first()).hasSize(10);
        assertThat(plan.first().get(1).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(plan.first().get(2).leftOut()).isFalse();
        assertThat(plan.last()).hasSize(10);
        assertThat(plan.last().get(9).nominal()).isEqualTo(until);
        assertThat(scene.base.count("backfill")).isZero();
    }

    @Test
    void a_short_plan_shows_no_instant_twice() {
        BackfillDraft draft = given(
                Timetable.cron("0 0 * * * ?", "UTC"), BackfillScene.FROM, BackfillScene.FROM.plusSeconds(11 * 3600));
        BackfillPlan plan = scene.base.database.inTransaction(transaction -> scene.backfills.plan(transaction, draft));
        assertThat(plan.first()).hasSize(10);
        assertThat(plan.last()).hasSize(2);
    }

    @Test
    void clock_changes_are_marked() {
        Timetable berlin = Timetable.cron("0 30 2 * * ?", "Europe/Berlin");
        long backfill = scene.create(
                given(berlin, Instant.parse("2026-03-28T00:00:00Z"), Instant.parse("2026-03-30T23:00:00Z")));
        assertThat(scene.instants(backfill, null))
                .extracting(BackfillList.Instance::adjustment)
                .containsExactly(null, "END_OF_GAP", null);
        scene.turn();
        assertThat(scene.find(backfill).timetable()).isEqualTo(berlin);
    }

    private BackfillDraft given(Timetable timetable, Instant from, Instant until) {
        return new BackfillDraft(scene.schedule.jobId(), null, timetable, from, until, ONE, Map.of());
    }

    private void refused(Instant from, Instant until, BackfillTerms terms, String field, String words) {
        refused(
                new BackfillDraft(
                        scene.schedule.jobId(),
                        scene.schedule,
                        scene.schedule.timetable(),
                        from,
                        until,
                        terms,
                        Map.of()),
                field,
                words);
    }

    private void refused(BackfillDraft draft, String field, String... words) {
        assertThatThrownBy(() -> scene.create(draft)).isInstanceOfSatisfying(Invalid.class, wrong -> {
            assertThat(wrong.problems().get(0).field()).isEqualTo(field);
            assertThat(wrong.problems().get(0).message()).contains(words);
        });
        assertThat(scene.base.count("backfill WHERE ended_at IS NULL")).isZero();
        assertThat(scene.base.count("run")).isZero();
    }
}

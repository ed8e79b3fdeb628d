package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.run.RunState;
import io.yardmaster.trigger.BackfillList.Instance.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs for past instants: how many at a time, in which order, until when. */
final class BackfillIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final BackfillTerms THREE = new BackfillTerms(3, false, true, false);
    private static final BackfillTerms GOES_ON = new BackfillTerms(3, false, false, false);

    private BackfillScene scene;

    @BeforeEach
    void empty(Database database) {
        scene = BackfillScene.empty(database);
    }

    // user pain 48
    @Test
    void as_many_as_may_are_under_way_at_a_time_and_the_oldest_come_first() {
        long backfill = scene.tenHours(THREE);
        assertThat(scene.progress(backfill)).isEqualTo(new BackfillProgress(10, 0, 0, 0, 0, 0, null));
        scene.turn();
        while (!scene.unfinished(backfill).isEmpty()) {
            assertThat(scene.unfinished(backfill)).hasSizeLessThanOrEqualTo(3);
            scene.end(scene.unfinished(backfill).get(0), RunState.SUCCEEDED);
            scene.turn();
        }
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.FINISHED);
        assertThat(scene.progress(backfill).succeeded()).isEqualTo(10);
        assertThat(scene.progress(backfill).percent()).isEqualTo(100);
        assertThat(scene.ran(backfill)).hasSize(10).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_full_queue_is_waited_for_and_nothing_is_skipped() {
        limit("2");
        long backfill = scene.tenHours(THREE);
        scene.turn();
        assertThat(scene.unfinished(backfill)).hasSize(2);
        scene.endAll(backfill, RunState.SUCCEEDED);
        limit("NULL");
        assertThat(scene.progress(backfill).succeeded()).isEqualTo(10);
    }

    @Test
    void the_newest_come_first_where_that_is_wanted() {
        long backfill = scene.tenHours(new BackfillTerms(2, true, true, false));
        scene.endAll(backfill, RunState.SUCCEEDED);
        assertThat(scene.ran(backfill)).hasSize(10).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void its_runs_have_the_instant_and_the_parameters_of_job_schedule_and_form_and_are_none_of_the_schedule() {
        Account before = scene.base.account(scene.schedule);
        scene.base.database.useTransaction(
                transaction -> transaction
                        .sql()
                        .execute(
                                "UPDATE job SET definition = definition || '{\"parameters\": {\"a\": \"job\", \"z\": \"job\"}}'"));
        long backfill = scene.create(scene.draft(THREE, Map.of("b", "form", "c", "form")));
        scene.turn();
        assertThat(
                        scene.base.count(
                                "run WHERE cause = 'BACKFILL' AND caused_by = '" + backfill + "'"
                                        + " AND schedule_id IS NULL AND nominal_at = '2026-01-01T00:00:00Z' AND state = 'QUEUED'"
                                        + " AND parameters = '{\"a\": \"schedule\", \"b\": \"form\", \"c\": \"form\", \"z\": \"job\"}'"))
                .isEqualTo(1);
        scene.endAll(backfill, RunState.SUCCEEDED);
        Account after = scene.base.account(scene.schedule);
        assertThat(after.runs()).isEqualTo(before.runs());
        assertThat(after.unaccounted()).isZero();
    }

    @Test
    void after_a_failure_nothing_more_is_started_until_somebody_says_so() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        List<Long> first = scene.unfinished(backfill);
        scene.end(first.get(1), RunState.FAILED);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        scene.end(first.get(0), RunState.SUCCEEDED);
        scene.end(first.get(2), RunState.SUCCEEDED);
        scene.turn();
        assertThat(scene.unfinished(backfill)).isEmpty();
        assertThat(scene.progress(backfill).pending()).isEqualTo(7);
        scene.resume(backfill, false);
        scene.turn();
        assertThat(scene.unfinished(backfill)).hasSize(3);
        scene.end(scene.unfinished(backfill).get(0), RunState.TIMED_OUT);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        scene.resume(backfill, true);
        scene.endAll(backfill, RunState.SUCCEEDED);
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.FINISHED);
        assertThat(scene.progress(backfill).succeeded()).isEqualTo(10);
    }

    // one server has room for more while another is about to commit a failure
    @Test
    void a_failure_that_is_being_told_is_waited_for() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        List<Long> first = scene.unfinished(backfill);
        scene.end(first.get(0), RunState.SUCCEEDED);
        scene.meanwhile(transaction -> scene.end(transaction, first.get(1), RunState.FAILED), scene::turn);
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        assertThat(scene.base.count("run")).isEqualTo(1);
    }

    @Test
    void failures_stop_nothing_that_is_to_go_on() {
        long backfill = scene.tenHours(GOES_ON);
        scene.endAll(backfill, RunState.FAILED);
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.FINISHED);
        assertThat(scene.progress(backfill).failed()).isEqualTo(10);
    }

    @Test
    void a_run_that_somebody_cancels_by_itself_stops_nothing() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        scene.cancelRun(scene.unfinished(backfill).get(0));
        scene.turn();
        assertThat(scene.unfinished(backfill)).hasSize(3);
        assertThat(scene.progress(backfill).cancelled()).isEqualTo(1);
        scene.endAll(backfill, RunState.SUCCEEDED);
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.FINISHED);
    }

    @Test
    void paused_it_starts_nothing_and_resumed_it_goes_on() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        scene.pause(backfill);
        scene.end(scene.unfinished(backfill).get(0), RunState.SUCCEEDED);
        scene.turn();
        assertThat(scene.unfinished(backfill)).hasSize(2);
        assertThatThrownBy(() -> scene.pause(backfill)).isInstanceOf(Conflict.class);
        scene.resume(backfill, false);
        scene.turn();
        assertThat(scene.unfinished(backfill)).hasSize(3);
        assertThatThrownBy(() -> scene.resume(backfill, false)).isInstanceOf(Conflict.class);
    }

    // a failure of STOPPED was told to whoever resumes; one of a pause was told to nobody
    @Test
    void what_fails_during_a_pause_stops_it_when_it_is_to_go_on() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        List<Long> first = scene.unfinished(backfill);
        scene.pause(backfill);
        scene.end(first.get(0), RunState.FAILED);
        scene.resume(backfill, false);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        scene.resume(backfill, false);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.RUNNING);
        scene.pause(backfill);
        scene.resume(backfill, true);
        scene.end(first.get(1), RunState.FAILED);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
    }

    // ten hours in which nothing ran, and one run that they held up
    @Test
    void its_end_is_told_by_how_long_its_latest_runs_took() {
        long backfill = scene.tenHours(new BackfillTerms(2, false, false, false));
        scene.turn();
        assertThat(scene.find(backfill).progress().endsAt()).isNull();
        for (int round = 0; round < 2; round++) {
            scene.unfinished(backfill).forEach(run -> scene.end(run, RunState.SUCCEEDED));
            scene.turn();
        }
        scene.base.database.useTransaction(
                transaction -> transaction
                        .sql()
                        .execute(
                                "UPDATE backfill SET created_at = created_at - interval '10 h';"
                                        + " UPDATE backfill_instant SET ended_at = id_instant(run_id)"
                                        + " + CASE place WHEN 2 THEN interval '10 h' ELSE interval '1 min' END WHERE ended_at IS NOT NULL"));
        assertThat(Duration.between(
                        scene.base.now(), scene.find(backfill).progress().endsAt()))
                .isBetween(Duration.ofSeconds(175), Duration.ofSeconds(181));
        scene.pause(backfill);
        assertThat(scene.find(backfill).progress().endsAt()).isNull();
    }

    @Test
    void cancelled_it_ends_what_waits_and_lets_run_what_runs() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        long running = scene.unfinished(backfill).get(0);
        scene.start(running);
        scene.cancel(backfill, false);
        assertThat(scene.unfinished(backfill)).containsExactly(running);
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.CANCELLING);
        scene.turn();
        assertThat(scene.unfinished(backfill)).containsExactly(running);
        assertThat(scene.base.count("run WHERE cancel_requested_at IS NOT NULL"))
                .isZero();
        scene.end(running, RunState.SUCCEEDED);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.CANCELLED);
        assertThat(scene.progress(backfill)).isEqualTo(new BackfillProgress(7, 0, 1, 0, 2, 0, null));
        assertThatThrownBy(() -> scene.cancel(backfill, true)).isInstanceOf(Conflict.class);
    }

    @Test
    void cancelled_with_what_runs_it_tells_that_to_end_even_if_that_is_said_later() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        long running = scene.unfinished(backfill).get(0);
        scene.start(running);
        scene.cancel(backfill, false);
        scene.cancel(backfill, true);
        assertThat(scene.base.count("run WHERE cancel_requested_at IS NOT NULL"))
                .isEqualTo(1);
        scene.end(running, RunState.FAILED);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.CANCELLED);
        assertThat(scene.progress(backfill).cancelled()).isEqualTo(3);
    }

    @Test
    void an_archived_job_is_run_no_more() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        scene.base.database.useTransaction(
                transaction -> transaction.sql().execute("UPDATE job SET archived_at = clock_timestamp()"));
        scene.end(scene.unfinished(backfill).get(0), RunState.SUCCEEDED);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.CANCELLING);
        scene.endAll(backfill, RunState.SUCCEEDED);
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.CANCELLED);
        assertThat(scene.progress(backfill).succeeded()).isEqualTo(3);
        assertThat(scene.base.count("audit_entry WHERE action = 'backfill.cancel' AND actor = 'system:backfill'"
                        + " AND subject = '" + backfill + "'"))
                .isEqualTo(1);
    }

    @Test
    void one_that_a_failure_stopped_ends_with_its_job_too() {
        long backfill = scene.tenHours(BackfillTerms.STANDARD);
        scene.endAll(backfill, RunState.FAILED);
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        scene.base.database.useTransaction(
                transaction -> transaction.sql().execute("UPDATE job SET archived_at = clock_timestamp()"));
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.CANCELLED);
    }

    @Test
    void what_succeeded_or_has_not_ended_is_left_out_unless_asked_for() {
        scene.history("2026-01-01T01:00:00Z", RunState.SUCCEEDED);
        scene.history("2026-01-01T02:00:00Z", RunState.FAILED);
        scene.history("2026-01-01T03:00:00Z", RunState.SUCCEEDED);
        scene.history("2026-01-01T03:00:00Z", RunState.FAILED);
        long backfill = scene.tenHours(THREE);
        assertThat(scene.instants(backfill, State.LEFT_OUT))
                .extracting(BackfillList.Instance::nominal)
                .containsExactly(Instant.parse("2026-01-01T01:00:00Z"), Instant.parse("2026-01-01T03:00:00Z"));
        scene.endAll(backfill, RunState.SUCCEEDED);
        assertThat(scene.ran(backfill)).hasSize(8);
        long again = scene.create(scene.draft(new BackfillTerms(100, false, true, true), Map.of()));
        scene.endAll(again, RunState.SUCCEEDED);
        assertThat(scene.ran(again)).hasSize(10);
    }

    @Test
    void a_changed_schedule_leaves_the_instants_as_they_were_listed() {
        long backfill = scene.tenHours(THREE);
        scene.base.database.useTransaction(transaction -> scene.base.schedules.archive(
                transaction, scene.schedule.id(), scene.base.version(scene.schedule), Scene.OPERATOR));
        scene.endAll(backfill, RunState.SUCCEEDED);
        assertThat(scene.ran(backfill)).hasSize(10);
    }

    @Test
    void old_ones_are_forgotten_with_their_instants() {
        long ended = scene.tenHours(THREE);
        scene.endAll(ended, RunState.SUCCEEDED);
        scene.base.database.useTransaction(transaction ->
                transaction.sql().execute("UPDATE backfill SET ended_at = clock_timestamp() - interval '91 days'"));
        long open = scene.create(scene.draft(new BackfillTerms(1, false, true, true), Map.of()));
        new PastFires(scene.base.database, Duration.ofDays(90)).sweep();
        assertThat(scene.base.count("backfill")).isEqualTo(1);
        assertThat(scene.base.count("backfill_instant")).isEqualTo(10);
        assertThat(scene.state(open)).isEqualTo(BackfillState.RUNNING);
    }

    @Test
    void every_act_is_in_the_audit() {
        long backfill = scene.tenHours(THREE);
        scene.pause(backfill);
        scene.resume(backfill, true);
        scene.cancel(backfill, true);
        assertThat(scene.actions(backfill))
                .containsExactly("backfill.create", "backfill.pause", "backfill.resume", "backfill.cancel");
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.CANCELLED);
    }

    private void limit(String most) {
        scene.base.database.useTransaction(
                transaction -> transaction.sql().execute("UPDATE queue SET max_waiting = " + most));
    }
}

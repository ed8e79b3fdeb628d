package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.Occurrence;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SchedulesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private Scene scene;

    @BeforeEach
    void set(Database database) {
        scene = new Scene(database);
    }

    // R3: an instant that is due when the schedule is switched off has its run
    @Test
    void switching_off_loses_no_instant_of_before() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.putBack(schedule, Duration.ofSeconds(10));
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), false, Scene.OPERATOR));
        assertThat(scene.runs(schedule)).hasSizeBetween(10, 11);
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSizeBetween(10, 11);
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    // R3 R4
    @Test
    void switching_the_job_off_and_on_settles_its_schedules_too() {
        long job = scene.job();
        Schedule schedule = scene.schedule(job, Scene.everySecond());
        scene.putBack(schedule, Duration.ofSeconds(10));
        scene.database.useTransaction(transaction -> scene.jobs.enable(transaction, job, false, Scene.OPERATOR));
        int before = scene.runs(schedule).size();
        assertThat(before).isBetween(10, 11);
        scene.database.useTransaction(transaction -> scene.jobs.enable(transaction, job, true, Scene.OPERATOR));
        assertThat(scene.runs(schedule)).hasSize(before);
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    // R4
    @Test
    void a_schedule_made_after_an_instant_does_not_get_it() {
        Timetable shared = Scene.everySecond();
        Schedule old = scene.schedule(scene.job(), shared);
        scene.putBack(old, Duration.ofSeconds(10));
        Schedule made = scene.schedule(scene.job(), shared);
        assertThat(scene.runs(old)).hasSizeBetween(10, 11);
        assertThat(scene.runs(made)).isEmpty();
        scene.server().fireDue();
        assertThat(scene.runs(made)).allMatch(nominal -> nominal.isAfter(made.effectiveFrom()));
        assertThat(scene.account(made).unaccounted()).isZero();
    }

    @Test
    void a_schedule_whose_validity_is_to_come_is_changed_as_often_as_one_likes() {
        Terms tomorrow = new Terms(scene.now().plus(Duration.ofDays(1)), null, Duration.ZERO, CatchUp.STANDARD);
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond(), tomorrow);
        for (boolean on : List.of(false, true, false, true)) {
            scene.database.useTransaction(
                    transaction -> scene.schedules.enable(transaction, schedule.id(), on, Scene.OPERATOR));
        }
        assertThat(scene.account(schedule)).isEqualTo(Account.NOTHING);
    }

    // R1
    @Test
    void the_preview_tells_what_will_fire_and_nothing_outside_the_validity() {
        Instant from = scene.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS);
        Terms threeSeconds = new Terms(from, from.plusSeconds(2), Duration.ZERO, CatchUp.STANDARD);
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond(), threeSeconds);
        assertThat(preview(schedule)).containsExactly(from, from.plusSeconds(1), from.plusSeconds(2));
        scene.database.useTransaction(transaction -> new Pauses(new RunQueue())
                .pause(transaction, Pause.Scope.schedule(schedule.id()), null, Scene.OPERATOR));
        assertThat(preview(schedule)).isEmpty();
    }

    private List<Instant> preview(Schedule schedule) {
        return scene.database.inTransaction(transaction -> {
            Schedule now = scene.schedules.find(transaction, schedule.id()).orElseThrow();
            return new SchedulePreview()
                    .of(transaction, now, 10).stream().map(Occurrence::at).toList();
        });
    }

    @Test
    void another_timetable_takes_over_where_the_first_ends() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.putBack(schedule, Duration.ofSeconds(10));
        Timetable rare = Timetable.cron("0 0 0 1 1 ?", "UTC");
        Schedule changed = scene.database.inTransaction(transaction -> scene.schedules.update(
                transaction,
                schedule.id(),
                scene.version(schedule),
                new ScheduleDraft(schedule.name(), rare, Map.of(), true),
                Scene.OPERATOR));
        assertThat(changed.timetable()).isEqualTo(rare);
        assertThat(scene.runs(schedule)).hasSizeBetween(10, 11);
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSizeBetween(10, 11);
        assertThat(scene.account(schedule).unaccounted()).isZero();
    }

    @Test
    void an_archived_job_takes_its_schedules_along_and_frees_their_names() {
        long job = scene.job();
        Schedule schedule = scene.schedule(job, Scene.everySecond());
        scene.database.useTransaction(transaction -> scene.jobs.archive(transaction, job, 1, Scene.OPERATOR));
        List<Schedule> left = scene.database.inTransaction(transaction -> scene.schedules.ofJob(transaction, job));
        assertThat(left).isEmpty();
        refused(
                Missing.class,
                transaction -> scene.schedules.enable(transaction, schedule.id(), false, Scene.OPERATOR));
    }

    @Test
    void an_edit_of_an_old_version_is_refused() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), false, Scene.OPERATOR));
        refused(
                Conflict.class,
                transaction -> scene.schedules.update(
                        transaction, schedule.id(), schedule.version(), schedule.draft(), Scene.OPERATOR));
    }

    @Test
    void a_name_is_given_once() {
        long job = scene.job();
        Schedule schedule = scene.schedule(job, Scene.everySecond());
        refused(
                Conflict.class,
                transaction -> scene.schedules.create(transaction, job, schedule.draft(), Scene.OPERATOR));
    }

    @Test
    void everything_wrong_with_a_draft_is_told_and_nothing_is_stored() {
        long job = scene.job();
        long timetables = scene.count("timetable");
        ScheduleDraft draft =
                new ScheduleDraft("No Name", Timetable.cron("0 0 25 * * ?", "UTC"), Map.of("YARDMASTER_X", "1"), true);
        assertThatThrownBy(() -> scene.database.useTransaction(
                        transaction -> scene.schedules.create(transaction, job, draft, Scene.OPERATOR)))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid -> assertThat(invalid.problems())
                                .extracting(Invalid.Problem::field)
                                .containsExactly("name", "parameters", "cron"));
        assertThat(scene.count("timetable")).isEqualTo(timetables);
    }

    // R1: what is shown is what is fired
    @Test
    void the_preview_is_what_is_fired() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        List<Instant> shown =
                scene.database.inTransaction(transaction -> new SchedulePreview().of(transaction, schedule, 3)).stream()
                        .map(Occurrence::at)
                        .toList();
        await().until(() -> {
            scene.server().fireDue();
            return scene.runs(schedule).contains(shown.get(2));
        });
        assertThat(scene.runs(schedule)).containsAll(shown);
    }

    private void refused(Class<? extends RuntimeException> how, Consumer<Transaction> what) {
        assertThatThrownBy(() -> scene.database.useTransaction(what)).isInstanceOf(how);
    }
}

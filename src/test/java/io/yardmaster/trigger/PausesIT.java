package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Pause.Choice;
import io.yardmaster.trigger.Pause.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pausing and resuming, and what becomes of what came meanwhile. */
final class PausesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private final Pauses pauses = new Pauses(new RunQueue());
    private Scene scene;

    @BeforeEach
    void empty(Database database) {
        scene = Scene.empty(database);
    }

    // R3: user pain 27
    @Test
    void what_came_meanwhile_is_what_the_one_who_resumes_chooses() {
        Map<Choice, Schedule> schedules = new EnumMap<>(Choice.class);
        for (Choice choice : Choice.values()) {
            // a timetable of its own
            Timetable timetable = Timetable.cron(schedules.size() + " */5 * * * ?", "UTC");
            Terms seven = Terms.STANDARD.with(new CatchUp(CatchUp.Policy.ALL, 7, Duration.ofDays(1), Duration.ZERO));
            schedules.put(
                    choice,
                    scene.schedule(scene.job(), timetable, choice == Choice.POLICY ? seven : Scene.MAKING_UP_ALL));
        }
        schedules.values().forEach(schedule -> pause(Scope.schedule(schedule.id())));
        schedules.values().forEach(schedule -> twoHoursAgo(schedule));
        scene.server().fireDue();
        assertThat(scene.count("run")).isZero();
        for (Schedule schedule : schedules.values()) {
            assertThat(scene.account(reload(schedule)).paused()).isBetween(23L, 25L);
            assertThat(scene.account(reload(schedule)).unaccounted()).isZero();
        }
        schedules.forEach((choice, schedule) -> resume(Scope.schedule(schedule.id()), choice));
        scene.server().fireDue();
        assertThat(scene.runs(schedules.get(Choice.SKIP))).isEmpty();
        assertThat(scene.runs(schedules.get(Choice.LATEST))).hasSize(1);
        assertThat(scene.runs(schedules.get(Choice.ALL))).hasSizeBetween(23, 25);
        assertThat(scene.runs(schedules.get(Choice.POLICY))).hasSize(7);
        assertThat(scene.count("run WHERE cause <> 'CATCH_UP'")).isZero();
        for (Schedule schedule : schedules.values()) {
            assertThat(scene.account(reload(schedule)).unaccounted()).isZero();
        }
    }

    @Test
    void a_pause_of_all_takes_in_new_schedules_and_ends_only_for_what_no_other_holds() {
        Schedule both = scene.schedule(scene.job(), Scene.everySecond());
        Schedule one = scene.schedule(scene.job(), Scene.everySecond());
        pause(Scope.job(both.jobId()));
        pause(Scope.SYSTEM);
        Schedule late = scene.schedule(scene.job(), Scene.everySecond());
        assertThat(scene.count("schedule WHERE paused_from IS NOT NULL")).isEqualTo(3);
        twoHoursAgo(one);
        Missed missed = scene.database.inTransaction(transaction -> pauses.missed(transaction, Scope.SYSTEM));
        assertThat(missed.schedules()).isEqualTo(2);
        assertThat(missed.instants()).isBetween(7_200L, 7_210L);
        assertThat(missed.more()).isFalse();
        assertThat(scene.server().untilNext()).isEmpty();
        resume(Scope.SYSTEM, Choice.SKIP);
        scene.server().fireDue();
        assertThat(reload(both).pausedFrom()).isNotNull();
        assertThat(reload(one).pausedFrom()).isNull();
        assertThat(reload(late).pausedFrom()).isNull();
        assertThat(scene.server().untilNext()).isPresent();
        resume(Scope.job(both.jobId()), Choice.SKIP);
        scene.server().fireDue();
        assertThat(reload(both).pausedFrom()).isNull();
    }

    @Test
    void a_namespace_is_paused_without_its_neighbours() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        pause(Scope.namespace("elsewhere"));
        assertThat(reload(schedule).pausedFrom()).isNull();
        pause(Scope.namespace("default"));
        assertThat(reload(schedule).pausedFrom()).isNotNull();
    }

    @Test
    void pausing_twice_and_resuming_what_runs_are_refused() {
        pause(Scope.SYSTEM);
        assertThatThrownBy(() -> pause(Scope.SYSTEM)).isInstanceOf(Conflict.class);
        resume(Scope.SYSTEM, Choice.LATEST);
        assertThatThrownBy(() -> resume(Scope.SYSTEM, Choice.LATEST)).isInstanceOf(Conflict.class);
    }

    // R3
    @Test
    void a_change_while_paused_lets_go_what_came_by_the_old_ways() {
        Schedule schedule = scene.schedule(scene.job(), Timetable.cron("0 */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        pause(Scope.schedule(schedule.id()));
        twoHoursAgo(schedule);
        scene.database.useTransaction(transaction -> {
            Schedule now = scene.schedules.find(transaction, schedule.id()).orElseThrow();
            ScheduleDraft hourly = new ScheduleDraft(
                    now.name(), Timetable.cron("0 0 * * * ?", "UTC"), Map.of(), true, Scene.MAKING_UP_ALL);
            scene.schedules.update(transaction, now.id(), now.version(), hourly, Scene.OPERATOR);
        });
        assertThat(scene.count("fire_range WHERE reason = 'PAUSED' AND instants BETWEEN 23 AND 25"))
                .isEqualTo(1);
        resume(Scope.schedule(schedule.id()), Choice.ALL);
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSizeLessThanOrEqualTo(1);
        assertThat(scene.account(reload(schedule)).unaccounted()).isZero();
    }

    // R3: somebody changes it before the servers have come to resume
    @Test
    void what_was_chosen_at_resume_is_done_before_a_change() {
        List<Schedule> schedules = new ArrayList<>();
        for (int second = 0; second < 4; second++) {
            schedules.add(
                    scene.schedule(scene.job(), Timetable.cron(second + " 2/5 * * * ?", "UTC"), Scene.MAKING_UP_ALL));
        }
        pause(Scope.SYSTEM);
        schedules.forEach(this::twoHoursAgo);
        resume(Scope.SYSTEM, Choice.ALL);
        enable(schedules.get(0), false);
        scene.database.useTransaction(transaction -> {
            Schedule edited = schedules.get(1);
            ScheduleDraft hourly =
                    new ScheduleDraft(edited.name(), Scene.at(Instant.EPOCH), Map.of(), true, Scene.MAKING_UP_ALL);
            scene.schedules.update(transaction, edited.id(), edited.version(), hourly, Scene.OPERATOR);
            scene.schedules.archive(
                    transaction, schedules.get(2).id(), schedules.get(2).version(), Scene.OPERATOR);
            scene.jobs.enable(transaction, schedules.get(3).jobId(), false, Scene.OPERATOR);
        });
        for (Schedule schedule : schedules) {
            assertThat(scene.runs(schedule)).hasSizeBetween(23, 25);
            assertThat(scene.account(reload(schedule)).unaccounted()).isZero();
        }
        assertThat(scene.count("fire_range")).isZero();
        assertThat(scene.count("schedule WHERE paused_from IS NOT NULL OR resume_with IS NOT NULL"))
                .isZero();
    }

    // pausing again before the servers have come to resume
    @Test
    void what_is_paused_again_at_once_stays_paused_and_loses_nothing() {
        Schedule schedule = scene.schedule(scene.job(), Timetable.cron("30 */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        pause(Scope.SYSTEM);
        twoHoursAgo(schedule);
        resume(Scope.SYSTEM, Choice.SKIP);
        pause(Scope.namespace("default"));
        scene.server().fireDue();
        assertThat(reload(schedule).pausedFrom()).isNotNull();
        assertThat(scene.account(reload(schedule)).paused()).isBetween(23L, 25L);
        resume(Scope.namespace("default"), Choice.ALL);
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSizeBetween(23, 25);
    }

    // R3
    @Test
    void nothing_is_expected_of_a_paused_schedule_while_it_is_off() {
        Schedule schedule = scene.schedule(scene.job(), Timetable.cron("20 */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        pause(Scope.schedule(schedule.id()));
        enable(schedule, false);
        scene.database.useTransaction(transaction ->
                transaction.sql().execute("UPDATE schedule SET paused_from = paused_from - interval '2h'"));
        enable(schedule, true);
        assertThat(scene.count("fire_range")).isZero();
        assertThat(scene.account(reload(schedule)).unaccounted()).isZero();
    }

    @Test
    void a_schedule_that_cannot_go_on_holds_up_no_other() {
        Schedule broken = scene.schedule(scene.job(), Timetable.cron("10 */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        Schedule sound = scene.schedule(scene.job(), Timetable.cron("40 */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        pause(Scope.SYSTEM);
        twoHoursAgo(sound);
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("UPDATE timetable SET zone = 'Mars/Base' WHERE id ="
                        + " (SELECT timetable_id FROM schedule WHERE id = :id)")
                .bind("id", broken.id())
                .execute());
        resume(Scope.SYSTEM, Choice.ALL);
        scene.server().fireDue();
        assertThat(scene.runs(sound)).hasSizeBetween(23, 25);
        assertThat(scene.count("schedule WHERE resume_with IS NOT NULL")).isEqualTo(1);
    }

    // R19: nobody waits for the locks of a transaction that has a whole yard's instants to fire
    @Test
    void what_is_due_is_fired_by_many_small_transactions_before_a_pause() {
        for (int n = 0; n < 6; n++) {
            Schedule schedule = scene.schedule(scene.job(), Timetable.cron("* * * * * ?", "Etc/GMT+" + n));
            scene.putBack(schedule, Duration.ofSeconds(5));
        }
        Pauses some = new Pauses(new RunQueue(), 2);
        some.prepare(scene.database, Scope.SYSTEM);
        assertThat(scene.count("(SELECT DISTINCT xmin::text FROM run) transactions"))
                .isGreaterThanOrEqualTo(3);
        long runs = scene.count("run");
        assertThat(runs).isGreaterThanOrEqualTo(6 * 4);
        pause(Scope.SYSTEM);
        assertThat(scene.count("run")).as("fired by the pause itself").isBetween(runs, runs + 12);
    }

    // R3: a month of every second is gone through in parts
    @Test
    void a_long_pause_ends_in_many_small_transactions_and_one_line_of_the_ledger() {
        Schedule schedule = scene.schedule(scene.job(), Timetable.cron("* * * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        pause(Scope.schedule(schedule.id()));
        scene.putBackPaused(schedule, Duration.ofDays(3));
        Missed missed =
                scene.database.inTransaction(transaction -> pauses.missed(transaction, Scope.schedule(schedule.id())));
        assertThat(missed).isEqualTo(new Missed(100_000, true, 1));
        resume(Scope.schedule(schedule.id()), Choice.LATEST);
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSizeBetween(1, 5);
        assertThat(scene.count("fire_range")).isEqualTo(1);
        assertThat(scene.account(reload(schedule)).unaccounted()).isZero();
    }

    private void enable(Schedule schedule, boolean on) {
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), on, Scene.OPERATOR));
    }

    private void pause(Scope scope) {
        scene.database.useTransaction(transaction -> pauses.pause(transaction, scope, "works", Scene.OPERATOR));
    }

    private void resume(Scope scope, Choice choice) {
        scene.database.useTransaction(transaction -> pauses.resume(transaction, scope, choice, Scene.OPERATOR));
    }

    private Schedule reload(Schedule schedule) {
        return scene.database.inTransaction(
                transaction -> scene.schedules.find(transaction, schedule.id()).orElseThrow());
    }

    private void twoHoursAgo(Schedule schedule) {
        scene.putBackPaused(schedule, Duration.ofHours(2));
    }
}

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
import java.util.EnumMap;
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
            schedules.put(choice, scene.schedule(scene.job(), timetable, choice == Choice.POLICY ? seven : all()));
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
        Schedule schedule = scene.schedule(scene.job(), Timetable.cron("0 */5 * * * ?", "UTC"), all());
        pause(Scope.schedule(schedule.id()));
        twoHoursAgo(schedule);
        scene.database.useTransaction(transaction -> {
            Schedule now = scene.schedules.find(transaction, schedule.id()).orElseThrow();
            ScheduleDraft hourly =
                    new ScheduleDraft(now.name(), Timetable.cron("0 0 * * * ?", "UTC"), Map.of(), true, all());
            scene.schedules.update(transaction, now.id(), now.version(), hourly, Scene.OPERATOR);
        });
        assertThat(scene.count("fire_range WHERE reason = 'PAUSED' AND instants BETWEEN 23 AND 25"))
                .isEqualTo(1);
        resume(Scope.schedule(schedule.id()), Choice.ALL);
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSizeLessThanOrEqualTo(1);
        assertThat(scene.account(reload(schedule)).unaccounted()).isZero();
    }

    private static Terms all() {
        return Terms.STANDARD.with(new CatchUp(CatchUp.Policy.ALL, 1000, Duration.ofDays(1), Duration.ZERO));
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
        scene.putBack(schedule, Duration.ofHours(2));
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("UPDATE schedule SET paused_from = effective_from WHERE id = :id")
                .bind("id", schedule.id())
                .execute());
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .execute("UPDATE timetable_mark SET next_due = NULL, fired_through = clock_timestamp()"));
    }
}

package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.job.Job;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.timetable.Timetable;
import io.yardmaster.trigger.Pause.Choice;
import io.yardmaster.trigger.Pause.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pausing and resuming while somebody else changes the same schedules. */
final class PauseRacesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private final Pauses pauses = new Pauses(new RunQueue());
    private Scene scene;

    private enum Change {
        SWITCH_OFF,
        ARCHIVE,
        SWITCH_JOB_OFF,
        ARCHIVE_JOB
    }

    @BeforeEach
    void empty(Database database) {
        scene = Scene.empty(database);
    }

    @Test
    void two_who_resume_what_holds_the_same_schedule_let_it_go_on() {
        Schedule schedule = scene.schedule(scene.job(), Scene.everySecond());
        scene.database.useTransaction(transaction -> pauses.pause(transaction, Scope.SYSTEM, null, Scene.OPERATOR));
        scene.database.useTransaction(
                transaction -> pauses.pause(transaction, Scope.job(schedule.jobId()), null, Scene.OPERATOR));
        CompletableFuture<Void> other = meanwhile(
                transaction -> pauses.resume(transaction, Scope.SYSTEM, Choice.SKIP, Scene.OPERATOR),
                transaction -> pauses.resume(transaction, Scope.job(schedule.jobId()), Choice.SKIP, Scene.OPERATOR));
        other.join();
        scene.server().fireDue();
        assertThat(scene.count("schedule WHERE paused_from IS NOT NULL")).isZero();
    }

    @Test
    void a_schedule_made_while_somebody_pauses_all_is_paused() {
        long job = scene.job();
        CompletableFuture<Void> other = meanwhile(
                transaction -> pauses.pause(transaction, Scope.SYSTEM, null, Scene.OPERATOR),
                transaction -> scene.schedules.create(
                        transaction,
                        job,
                        new ScheduleDraft("late", Scene.everySecond(), Map.of(), true),
                        Scene.OPERATOR));
        other.join();
        assertThat(scene.count("schedule WHERE paused_from IS NULL")).isZero();
    }

    // R3: what was chosen is done before the change, as it is when nobody hurries
    @ParameterizedTest
    @EnumSource
    void a_change_that_meets_a_resume_waits_for_it(Change change) {
        Schedule schedule = scene.schedule(scene.job(), Timetable.cron("0 */5 * * * ?", "UTC"), Scene.MAKING_UP_ALL);
        scene.database.useTransaction(transaction -> pauses.pause(transaction, Scope.SYSTEM, null, Scene.OPERATOR));
        scene.putBackPaused(schedule, Duration.ofHours(2));
        CompletableFuture<Void> other = meanwhile(
                transaction -> pauses.resume(transaction, Scope.SYSTEM, Choice.ALL, Scene.OPERATOR),
                transaction -> change(transaction, change, schedule));
        other.join();
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSizeBetween(23, 25);
        assertThat(scene.account(schedule).unaccounted()).isZero();
        assertThat(scene.count("fire_range")).isZero();
    }

    // R4
    @Test
    void two_servers_end_a_pause_together_and_each_instant_has_one_run() {
        List<Schedule> schedules = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            schedules.add(
                    scene.schedule(scene.job(), Timetable.cron(second + " 1/5 * * * ?", "UTC"), Scene.MAKING_UP_ALL));
        }
        scene.database.useTransaction(transaction -> pauses.pause(transaction, Scope.SYSTEM, null, Scene.OPERATOR));
        schedules.forEach(schedule -> scene.putBackPaused(schedule, Duration.ofHours(2)));
        scene.database.useTransaction(
                transaction -> pauses.resume(transaction, Scope.SYSTEM, Choice.ALL, Scene.OPERATOR));
        CompletableFuture<?> one =
                CompletableFuture.runAsync(() -> scene.server().fireDue());
        CompletableFuture<?> other =
                CompletableFuture.runAsync(() -> scene.server().fireDue());
        CompletableFuture.allOf(one, other).join();
        scene.server().fireDue();
        for (Schedule schedule : schedules) {
            assertThat(scene.account(schedule).unaccounted()).isZero();
            assertThat(scene.runs(schedule)).hasSizeBetween(23, 25).doesNotHaveDuplicates();
        }
    }

    /** The second begins before the first has ended. */
    private CompletableFuture<Void> meanwhile(Consumer<Transaction> first, Consumer<Transaction> second) {
        return scene.database.inTransaction(transaction -> {
            first.accept(transaction);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> scene.database.useTransaction(second));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> other.isDone() || scene.count("pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);
            return other;
        });
    }

    private void change(Transaction transaction, Change change, Schedule schedule) {
        switch (change) {
            case SWITCH_OFF -> scene.schedules.enable(transaction, schedule.id(), false, Scene.OPERATOR);
            case ARCHIVE -> scene.schedules.archive(transaction, schedule.id(), schedule.version(), Scene.OPERATOR);
            case SWITCH_JOB_OFF -> scene.jobs.enable(transaction, schedule.jobId(), false, Scene.OPERATOR);
            case ARCHIVE_JOB -> {
                Job job = scene.jobs.find(transaction, schedule.jobId()).orElseThrow();
                scene.jobs.archive(transaction, job.id(), job.version(), Scene.OPERATOR);
            }
        }
    }
}

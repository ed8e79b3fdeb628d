package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.run.Cause;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.RunState;
import io.yardmaster.timetable.Timetable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The next run so long after the end of the last. */
final class DelaysIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final Timetable FIVE_MINUTES = new Timetable(Timetable.Kind.DELAY, "PT5M", "UTC", null, null);

    private Scene scene;

    @BeforeEach
    void empty(Database database) {
        scene = Scene.empty(database);
    }

    @Test
    void begins_with_a_delay_and_goes_on_after_the_end_of_each_run() {
        Schedule schedule = scene.schedule(scene.job(), FIVE_MINUTES);
        assertThat(wait(schedule)).isBetween(295.0, 300.0);
        makeDue("1 s");
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSize(1);
        assertThat(scene.server().untilNext()).isEmpty();
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSize(1);
        end(schedule);
        assertThat(wait(schedule)).isBetween(295.0, 300.0);
        assertThat(scene.account(schedule).unaccounted()).isZero();
        assertThat(scene.account(schedule).expected()).isEqualTo(1);
    }

    @Test
    void two_of_the_same_delay_are_two() {
        scene.schedule(scene.job(), FIVE_MINUTES);
        scene.schedule(scene.job(), FIVE_MINUTES);
        assertThat(scene.count("timetable")).isEqualTo(2);
    }

    @Test
    void switched_off_it_waits_and_on_again_it_begins_anew() {
        Schedule schedule = scene.schedule(scene.job(), FIVE_MINUTES);
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), false, Scene.OPERATOR));
        assertThat(scene.server().untilNext()).isEmpty();
        scene.database.useTransaction(
                transaction -> scene.schedules.enable(transaction, schedule.id(), true, Scene.OPERATOR));
        assertThat(wait(schedule)).isBetween(295.0, 300.0);
    }

    // R3: an outage delays it and nothing more
    @Test
    void late_it_runs_once_and_is_not_missed() {
        Schedule schedule = scene.schedule(scene.job(), FIVE_MINUTES);
        makeDue("2 h");
        scene.server().fireDue();
        assertThat(scene.runs(schedule)).hasSize(1);
        assertThat(scene.count("fire_range")).isZero();
    }

    // PostgreSQL adds it to the end of the run, and reads less than Java does
    @ParameterizedTest
    @ValueSource(strings = {"-PT-5M", "+PT5M", "PT+5M", "PT300,0S", "PT300.0S", "PT6M-60S", "PT0000000000000000300S"})
    void a_delay_that_the_database_might_read_otherwise_is_refused(String delay) {
        Timetable odd = new Timetable(Timetable.Kind.DELAY, delay, "UTC", null, null);
        assertThatThrownBy(() -> scene.schedule(scene.job(), odd))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("delay");
    }

    // R3
    @Test
    void what_was_a_delay_accounts_for_both_its_times_and_so_does_what_becomes_one() {
        Schedule was = scene.schedule(scene.job(), FIVE_MINUTES);
        makeDue("1 s");
        scene.server().fireDue();
        become(was, Timetable.cron("0 0 0 1 1 ?", "UTC"));
        assertThat(account(was)).isEqualTo(new Account(1, 1, 0, 0, 0));
        Schedule becomes = scene.schedule(scene.job(), Timetable.cron("* * * * * ?", "UTC"));
        scene.putBack(becomes, Duration.ofSeconds(10));
        become(becomes, FIVE_MINUTES);
        assertThat(account(becomes).runs()).isGreaterThanOrEqualTo(10);
        assertThat(account(becomes).unaccounted()).isZero();
    }

    private void become(Schedule schedule, Timetable timetable) {
        scene.database.useTransaction(transaction -> scene.schedules.update(
                transaction,
                schedule.id(),
                scene.schedules.find(transaction, schedule.id()).orElseThrow().version(),
                new ScheduleDraft(schedule.name(), timetable, Map.of(), true, schedule.terms()),
                Scene.OPERATOR));
    }

    private Account account(Schedule schedule) {
        return scene.account(scene.database.inTransaction(
                transaction -> scene.schedules.find(transaction, schedule.id()).orElseThrow()));
    }

    private double wait(Schedule schedule) {
        Duration wait = scene.server().untilNext().orElseThrow();
        assertThat(schedule.timetable().kind()).isEqualTo(Timetable.Kind.DELAY);
        return wait.toMillis() / 1000.0;
    }

    /** As if the schedule had been there for longer, and due so long ago. */
    private void makeDue(String ago) {
        scene.database.useTransaction(transaction -> transaction
                .sql()
                .execute("UPDATE schedule SET effective_from = clock_timestamp() - interval '5 h';"
                        + " UPDATE schedule_stretch SET from_at = clock_timestamp() - interval '5 h'"
                        + " WHERE through_at IS NULL;"
                        + " UPDATE timetable_mark SET fired_through = clock_timestamp() - interval '5 h',"
                        + " next_due = clock_timestamp() - interval '" + ago + "'"));
    }

    /** As the report of its end does. */
    private void end(Schedule schedule) {
        scene.database.useTransaction(transaction -> {
            long run = transaction
                    .sql()
                    .createQuery("""
                            WITH gone AS (DELETE FROM run WHERE schedule_id = :id RETURNING *)
                            INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, schedule_id,
                                nominal_at, due_at, parameters, created_at, epoch, attempt, ended_at, attempts)
                            SELECT id, 'SUCCEEDED', job_id, job_version, queue_id, cause, schedule_id, nominal_at,
                                due_at, parameters, created_at, 1, 1, clock_timestamp(), '[]' FROM gone RETURNING id
                            """)
                    .bind("id", schedule.id())
                    .mapTo(Long.class)
                    .one();
            new Delays()
                    .ended(
                            transaction,
                            List.of(new EndedRun(
                                    run, schedule.jobId(), 0, schedule.id(), Cause.Kind.SCHEDULE, RunState.SUCCEEDED)));
        });
    }
}

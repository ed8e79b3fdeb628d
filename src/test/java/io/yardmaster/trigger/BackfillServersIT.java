package io.yardmaster.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backfills with several servers, and with servers that die. */
final class BackfillServersIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Schedule.class, SharedTimetable.class);

    private static final BackfillTerms THREE = new BackfillTerms(3, false, true, false);

    private BackfillScene scene;

    @BeforeEach
    void empty(Database database) {
        scene = BackfillScene.empty(database);
    }

    // R4: user pain 48
    @Test
    void many_servers_start_each_instant_once_and_never_more_than_may_be() {
        long backfill = scene.tenHours(THREE);
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> servers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    while (!done.get()) {
                        scene.turn();
                    }
                }))
                .limit(3)
                .toList();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                List<Long> runs = scene.unfinished(backfill);
                assertThat(runs).hasSizeLessThanOrEqualTo(3);
                runs.stream().findFirst().ifPresent(run -> scene.end(run, RunState.SUCCEEDED));
                return scene.state(backfill) == BackfillState.FINISHED;
            });
        } finally {
            done.set(true);
        }
        servers.forEach(CompletableFuture::join);
        assertThat(scene.ran(backfill)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void what_a_server_had_begun_when_it_was_killed_is_undone_and_another_does_it() {
        long backfill = scene.tenHours(THREE);
        assertThatThrownBy(() -> scene.base.database.useTransaction(transaction -> {
                    new BackfillStep().take(transaction, backfill);
                    kill(transaction
                            .sql()
                            .createQuery("SELECT pg_backend_pid()")
                            .mapTo(Integer.class)
                            .one());
                    transaction.now();
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(scene.unfinished(backfill)).isEmpty();
        scene.turn();
        assertThat(scene.unfinished(backfill)).hasSize(3);
        assertThat(scene.instants(backfill, BackfillList.Instance.State.STARTED))
                .extracting(BackfillList.Instance::run)
                .containsExactlyElementsOf(scene.unfinished(backfill));
    }

    // a server that dies between the end of a run and its turn, or whose listener failed
    // between the page of one who resumes and their click
    @Test
    void a_failure_that_nobody_was_told_of_stops_it_again() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        List<Long> first = scene.unfinished(backfill);
        scene.end(first.get(0), RunState.FAILED);
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        scene.end(first.get(1), RunState.FAILED);
        scene.resume(backfill, new BackfillFailures(false, 1));
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        scene.resume(backfill, new BackfillFailures(false, 2));
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.RUNNING);
    }

    // R4: what is due by the job's own schedule is not run by a timetable that says the same
    @Test
    void a_timetable_of_its_own_leaves_to_schedules_what_they_are_about_to_fire() {
        Schedule own = scene.base.schedule(scene.schedule.jobId(), Scene.everySecond());
        scene.base.putBack(own, Duration.ofSeconds(5));
        Instant now = scene.base.now();
        long backfill = scene.create(new BackfillDraft(
                own.jobId(), null, own.timetable(), now.minusSeconds(10), now, BackfillTerms.STANDARD, Map.of()));
        scene.base.server().fireDue();
        scene.turn();
        assertThat(scene.progress(backfill).leftOut()).isBetween(4, 6);
        assertThat(scene.base.count("(SELECT FROM run GROUP BY nominal_at HAVING count(*) > 1) twice"))
                .isZero();
    }

    @Test
    void an_end_that_nobody_was_told_of_is_seen() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        scene.base.database.useTransaction(transaction -> transaction.sql().execute("""
                WITH gone AS (DELETE FROM run WHERE id = (SELECT min(id) FROM run) RETURNING *)
                INSERT INTO run_history (id, state, job_id, job_version, queue_id, cause, caused_by, nominal_at, due_at,
                    parameters, created_at, epoch, attempt, ended_at, attempts)
                SELECT id, 'FAILED', job_id, job_version, queue_id, cause, caused_by, nominal_at, due_at, parameters,
                    created_at, 1, 1, clock_timestamp(), '[]' FROM gone"""));
        scene.turn();
        assertThat(scene.state(backfill)).isEqualTo(BackfillState.STOPPED);
        assertThat(scene.progress(backfill).failed()).isEqualTo(1);
    }

    @Test
    void a_run_whose_history_is_gone_counts_as_failed() {
        long backfill = scene.tenHours(THREE);
        scene.turn();
        scene.base.database.useTransaction(
                transaction -> transaction.sql().execute("DELETE FROM run WHERE id = (SELECT min(id) FROM run)"));
        scene.turn();
        assertThat(scene.progress(backfill).failed()).isEqualTo(1);
    }

    @Test
    void of_two_who_make_the_same_one_is_refused() {
        BackfillDraft draft = scene.draft(THREE, Map.of());
        assertThatThrownBy(() -> scene.meanwhile(
                        transaction -> scene.backfills.create(transaction, draft, Scene.OPERATOR),
                        () -> scene.create(draft)))
                .hasCauseInstanceOf(Conflict.class);
        assertThat(scene.base.count("backfill")).isEqualTo(1);
    }

    // the database itself refuses what no server should ever try
    @Test
    void a_second_run_of_the_same_instant_cannot_be_stored() {
        scene.tenHours(THREE);
        scene.turn();
        assertThatThrownBy(() -> scene.base.database.useTransaction(transaction -> transaction
                        .sql()
                        .execute("INSERT INTO run (state, job_id, job_version, queue_id, cause, caused_by, nominal_at,"
                                + " due_at, order_key, ready_at) SELECT state, job_id, job_version, queue_id, cause,"
                                + " caused_by, nominal_at, due_at, order_key, ready_at FROM run")))
                .hasMessageContaining("run_by_backfill");
    }

    @Test
    void a_backfill_that_cannot_go_on_holds_up_no_other() {
        long broken = scene.tenHours(THREE);
        scene.base.database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate(
                        "INSERT INTO run (state, job_id, job_version, queue_id, cause, caused_by, nominal_at, due_at,"
                                + " order_key, ready_at) SELECT 'QUEUED', id, 1, queue_id, 'BACKFILL', :backfill, :nominal, now(), 0,"
                                + " now() FROM job WHERE id = :job")
                .bind("backfill", Long.toString(broken))
                .bind("nominal", BackfillScene.FROM)
                .bind("job", scene.schedule.jobId())
                .execute());
        long sound = scene.create(new BackfillDraft(
                scene.schedule.jobId(),
                null,
                scene.schedule.timetable(),
                BackfillScene.FROM,
                BackfillScene.UNTIL,
                THREE,
                Map.of()));
        scene.turn();
        assertThat(scene.unfinished(sound)).hasSize(3);
    }

    private void kill(int backend) {
        scene.base.database.useTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT pg_terminate_backend(:backend)")
                .bind("backend", backend)
                .mapTo(Boolean.class)
                .one());
    }
}

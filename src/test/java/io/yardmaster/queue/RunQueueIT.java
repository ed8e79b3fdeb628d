package io.yardmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseUnavailable;
import io.yardmaster.database.Missing;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.run.Attempt;
import io.yardmaster.run.Cause;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunFilter;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RunQueueIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private final RunQueue queue = new RunQueue();
    private final Runs runs = new Runs();
    private final AttemptEnds ends = new AttemptEnds(List.of());
    private final Cancellation cancellation = new Cancellation();

    @Test
    void a_run_asked_for_is_queued_with_the_jobs_parameters_and_the_callers_over_them(Database database) {
        long id = enqueued(database, "asked");
        Run run = found(database, id);
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
        assertThat(run.cause()).isEqualTo(Cause.manual("ada"));
        assertThat(run.parameters()).isEqualTo(Map.of("from", "ada", "kept", "yes"));
        assertThat(run.times().readyAt()).isNotNull();
    }

    @Test
    void an_unknown_or_archived_job_makes_no_run(Database database) {
        assertThatThrownBy(() -> database.inTransaction(
                        transaction -> queue.enqueue(transaction, new NewRun(42, Cause.manual("ada"), Map.of()))))
                .isInstanceOf(Missing.class)
                .hasMessage("there is no job 42");
    }

    // R4: one run per schedule and instant, made by one statement for all schedules of the timetable
    @Test
    void a_fire_makes_one_run_for_each_schedule_that_was_effective_before_it(Database database) {
        Instant nominal = Instant.parse("2026-03-01T10:00:00Z");
        long timetable = database.inTransaction(transaction -> {
            long id = Rows.timetable(transaction, "0 0 10 * * ?");
            Rows.schedule(transaction, Rows.job(transaction, "before"), id, nominal.minusSeconds(1));
            Rows.schedule(transaction, Rows.job(transaction, "also-before"), id, nominal.minusSeconds(9));
            Rows.schedule(transaction, Rows.job(transaction, "too-late"), id, nominal);
            return id;
        });
        List<NominalFire> fires = List.of(NominalFire.whole(7, nominal), NominalFire.whole(timetable, nominal));
        int[] made = database.inTransaction(transaction -> queue.enqueueFires(transaction, fires));
        assertThat(made).containsExactly(0, 2);
        assertThatThrownBy(() -> database.inTransaction(transaction -> queue.enqueueFires(transaction, fires)))
                .hasMessageContaining("run_by_fire");
    }

    // R13, R20: the row moves whole, and statistics and roll-up move with it
    @Test
    void an_end_moves_the_run_to_history_once(Database database) {
        long id = started(database, "moved");
        AttemptEnd end = end(id, 1, RunState.FAILED);
        assertThat(ended(database, end)).extracting(EndedRun::state).containsExactly(RunState.FAILED);
        assertThat(ended(database, end)).isEmpty();
        Run run = found(database, id);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.ending().exitCode()).isEqualTo(3);
        assertThat(run.ending().result().get("rows").asInt()).isEqualTo(5);
        assertThat(run.attempts()).extracting(Attempt::outcome).containsExactly("FAILED");
        assertThat(POSTGRES.count("run_note WHERE run_id = " + id)).isZero();
        assertThat(POSTGRES.count(
                        "job_statistics s JOIN job j ON j.id = s.job_id WHERE j.name = 'moved' AND failed = 1"))
                .isOne();
    }

    // R8: what a superseded attempt says is a note and nothing else
    @Test
    void a_report_of_an_older_epoch_changes_nothing_and_is_noted_once(Database database) {
        long id = started(database, "fenced");
        database.useTransaction(transaction -> {
            queue.giveBack(transaction, List.of(id));
            Rows.start(transaction, id, Rows.session(transaction, "second"));
        });
        AttemptEnd stale = end(id, 1, RunState.SUCCEEDED);
        assertThat(ended(database, stale)).isEmpty();
        assertThat(ended(database, stale)).isEmpty();
        assertThat(found(database, id).state()).isEqualTo(RunState.RUNNING);
        assertThat(POSTGRES.count("run_note WHERE run_id = " + id)).isOne();
        ended(database, end(id, 2, RunState.FAILED));
        ended(database, stale);
        assertThat(found(database, id).state()).isEqualTo(RunState.FAILED);
        assertThat(found(database, id).attempts()).extracting(Attempt::outcome).containsExactly("LOST", "FAILED");
    }

    // R8: between the taking back and the next offer there is no newer epoch yet
    @Test
    void a_report_of_a_run_that_was_given_back_changes_nothing_and_is_noted_once(Database database) {
        long id = started(database, "given-back");
        database.useTransaction(transaction -> queue.giveBack(transaction, List.of(id)));
        AttemptEnd stale = end(id, 1, RunState.SUCCEEDED);
        assertThat(ended(database, stale)).isEmpty();
        assertThat(ended(database, stale)).isEmpty();
        assertThat(found(database, id).state()).isEqualTo(RunState.QUEUED);
        assertThat(POSTGRES.count("run_note WHERE run_id = " + id)).isOne();
        database.useTransaction(transaction -> Rows.start(transaction, id, Rows.session(transaction, "afresh")));
        ended(database, end(id, 2, RunState.SUCCEEDED));
        ended(database, end(id, 2, RunState.SUCCEEDED));
        assertThat(POSTGRES.count("run_note WHERE run_id = " + id)).isOne();
    }

    // R16: a cancelled run never turns SUCCEEDED later
    @Test
    void a_cancelled_run_ends_as_cancelled_whatever_is_reported(Database database) {
        long waiting = enqueued(database, "cancel-waiting");
        assertThat(cancel(database, waiting)).isEqualTo(Cancellation.Outcome.CANCELLED);
        assertThat(cancel(database, waiting)).isEqualTo(Cancellation.Outcome.ALREADY_ENDED);
        long running = started(database, "cancel-running");
        assertThat(cancel(database, running)).isEqualTo(Cancellation.Outcome.REQUESTED);
        ended(database, end(running, 1, RunState.SUCCEEDED));
        assertThat(found(database, running).state()).isEqualTo(RunState.CANCELLED);
        assertThat(found(database, running).cancellation().by()).isEqualTo("ada");
        assertThatThrownBy(() -> cancel(database, 1)).isInstanceOf(Missing.class);
    }

    // R16: the node is lost while the run is being marked
    @Test
    void a_run_that_is_given_back_while_it_is_cancelled_is_found(Database database) {
        long id = started(database, "cancel-given-back");
        CompletableFuture<Cancellation.Outcome> cancelled = database.inTransaction(transaction -> {
            queue.giveBack(transaction, List.of(id));
            CompletableFuture<Cancellation.Outcome> asked = CompletableFuture.supplyAsync(() -> cancel(database, id));
            await().until(() -> transaction
                    .sql()
                    .createQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                    .mapTo(Boolean.class)
                    .one());
            return asked;
        });
        assertThat(cancelled.join()).isEqualTo(Cancellation.Outcome.CANCELLED);
        assertThat(found(database, id).state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void runs_are_listed_newest_first_across_hot_and_cold_by_page(Database database) {
        List<Long> made = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            made.add(0, started(database, "listed-" + n));
        }
        ended(database, end(made.get(2), 1, RunState.SUCCEEDED));
        ended(database, end(made.get(5), 1, RunState.SUCCEEDED));
        List<Long> all = new ArrayList<>();
        RunFilter filter = RunFilter.any().in(Set.of("default"));
        for (long before = made.get(0) + 1; all.size() < 7; before = all.get(all.size() - 1)) {
            all.addAll(listed(database, filter, before, 3));
        }
        assertThat(all.subList(0, 7)).isEqualTo(made);
        assertThat(listed(database, filter.inStates(Set.of(RunState.SUCCEEDED)), made.get(0) + 1, 2))
                .containsExactly(made.get(2), made.get(5));
        assertThat(listed(database, filter.becauseOf(Set.of(Cause.Kind.MANUAL)), made.get(0) + 1, 10))
                .startsWith(made.get(0), made.get(1));
        assertThat(listed(database, filter.becauseOf(Set.of(Cause.Kind.CANARY)), Long.MAX_VALUE, 10))
                .isEmpty();
        assertThat(listed(database, RunFilter.any().in(Set.of("other")), Long.MAX_VALUE, 10))
                .isEmpty();
    }

    @Test
    void a_listener_that_fails_leaves_the_run_ended_and_its_own_writes_undone(Database database) {
        AttemptEnds telling = new AttemptEnds(List.of((transaction, ended) -> {
            transaction
                    .sql()
                    .execute(
                            "INSERT INTO run_note (run_id, text) VALUES (?, 'x')",
                            ended.get(0).id());
            throw new IllegalStateException("on purpose");
        }));
        long id = started(database, "told");
        database.useTransaction(transaction -> telling.end(transaction, List.of(end(id, 1, RunState.SUCCEEDED))));
        assertThat(found(database, id).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(POSTGRES.count("run_note WHERE run_id = " + id)).isZero();
    }

    @Test
    void a_connection_that_is_lost_while_listeners_are_told_is_told_as_such(Database database) {
        AttemptEnds telling = new AttemptEnds(List.of((transaction, ended) -> {
            int backend = transaction
                    .sql()
                    .createQuery("SELECT pg_backend_pid()")
                    .mapTo(Integer.class)
                    .one();
            database.useTransaction(other -> other.sql().execute("SELECT pg_terminate_backend(?)", backend));
            transaction.now();
        }));
        long id = started(database, "lost");
        assertThatThrownBy(() -> database.useTransaction(
                        transaction -> telling.end(transaction, List.of(end(id, 1, RunState.SUCCEEDED)))))
                .isInstanceOf(DatabaseUnavailable.class);
        assertThat(found(database, id).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void times_that_a_worker_tells_are_kept_within_what_the_database_saw(Database database) {
        long id = started(database, "times");
        Instant wild = Instant.parse("2001-01-01T00:00:00Z");
        AttemptEnd end =
                new AttemptEnd(id, 1, RunState.SUCCEEDED, 0, null, null, wild, wild.plus(Duration.ofDays(99999)));
        ended(database, end);
        Run.Times times = found(database, id).times();
        assertThat(times.startedAt()).isAfterOrEqualTo(times.createdAt());
        assertThat(times.endedAt()).isBetween(times.startedAt(), database.inTransaction(t -> t.now()));
    }

    private long enqueued(Database database, String job) {
        return database.inTransaction(transaction -> queue.enqueue(
                transaction, new NewRun(Rows.job(transaction, job), Cause.manual("ada"), Map.of("from", "ada"))));
    }

    private long started(Database database, String job) {
        long id = enqueued(database, job);
        database.useTransaction(transaction -> Rows.start(transaction, id, Rows.session(transaction, job)));
        return id;
    }

    private static AttemptEnd end(long run, long epoch, RunState state) {
        return new AttemptEnd(
                run,
                epoch,
                state,
                3,
                "said so",
                JsonNodeFactory.instance.objectNode().put("rows", 5),
                null,
                Instant.now());
    }

    private List<EndedRun> ended(Database database, AttemptEnd end) {
        return database.inTransaction(transaction -> ends.end(transaction, List.of(end)));
    }

    private Cancellation.Outcome cancel(Database database, long run) {
        return database.inTransaction(transaction -> cancellation.request(transaction, run, "ada"));
    }

    private Run found(Database database, long id) {
        return database.inTransaction(transaction -> runs.find(transaction, id)).orElseThrow();
    }

    private List<Long> listed(Database database, RunFilter filter, long before, int limit) {
        return database.inTransaction(transaction -> runs.list(transaction, filter, before, limit)).stream()
                .map(Run::id)
                .toList();
    }
}

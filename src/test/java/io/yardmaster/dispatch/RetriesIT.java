package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Delivery;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Holding;
import io.yardmaster.queue.PendingRetries;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Attempt;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.task.NoopTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Time passes by setting {@code wake_at} back. */
final class RetriesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class);

    private static final Actor ADA = new Actor("ada", "127.0.0.1");
    private static final Retry TWICE = new Retry(2, 60L, 3.0, 100L, 0L, null);

    private final List<EndedRun> told = new ArrayList<>();
    private final AttemptEnds ends = new AttemptEnds(List.of((transaction, ended) -> told.addAll(ended)));
    private final Runs runs = new Runs();
    private Database database;
    private Yard yard;
    private Yard.Place place;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        place = yard.place(1);
    }

    // R6: attempted until success or attempts used up, each in a larger epoch; listeners and figures hear the end alone
    @Test
    void a_failed_run_is_tried_again_at_the_very_instants_its_job_says() {
        long job = job(TWICE, Delivery.AT_LEAST_ONCE);
        long run = yard.startedOn(place, job);
        fail(run, 1);
        assertThat(delay(run, 0)).isEqualTo(Duration.ofSeconds(60));
        assertThat(yard.state(run)).isEqualTo("BLOCKED");
        assertThat(wake()).isZero();
        again(run);
        fail(run, 2);
        assertThat(delay(run, 1)).isEqualTo(Duration.ofSeconds(100));
        assertThat(told).isEmpty();
        assertThat(yard.count("SELECT count(*) FROM job_statistics WHERE job_id = " + job))
                .isZero();
        again(run);
        fail(run, 3);
        assertThat(found(run).state()).isEqualTo(RunState.FAILED);
        assertThat(found(run).attempts()).extracting(Attempt::epoch).containsExactly(1L, 2L, 3L);
        assertThat(told).extracting(EndedRun::id).containsExactly(run);
        assertThat(yard.count("SELECT failed FROM job_statistics WHERE job_id = " + job))
                .isOne();
    }

    // R8
    @Test
    void a_second_report_of_an_attempt_that_is_to_be_repeated_changes_nothing() {
        long run = yard.startedOn(place, job(TWICE, Delivery.AT_LEAST_ONCE));
        fail(run, 1);
        Run before = found(run);
        fail(run, 1);
        end(run, 1, RunState.SUCCEEDED);
        assertThat(found(run)).isEqualTo(before);
        again(run);
        end(run, 1, RunState.SUCCEEDED);
        assertThat(found(run).state()).isEqualTo(RunState.RUNNING);
        assertThat(yard.count("SELECT count(*) FROM run_note")).isZero();
    }

    @Test
    void what_is_not_to_be_repeated_ends() {
        long timeouts =
                job(new Retry(5, 1L, null, null, null, List.of(Retry.Outcome.TIMED_OUT)), Delivery.AT_LEAST_ONCE);
        long run = yard.startedOn(place, timeouts);
        fail(run, 1);
        assertThat(yard.state(run)).isEqualTo("FAILED");
        long cancelled = yard.startedOn(place, job(TWICE, Delivery.AT_LEAST_ONCE));
        database.useTransaction(transaction -> new Cancellation().request(transaction, cancelled, "ada"));
        fail(cancelled, 1);
        assertThat(yard.state(cancelled)).isEqualTo("CANCELLED");
    }

    @Test
    void jitter_is_the_same_whenever_it_is_asked_for_and_within_its_bound() {
        Retry retry = new Retry(9, 10L, 1.0, 10L, 40L, null);
        String ask = """
                SELECT extract(epoch FROM retry_at(CAST('%s' AS jsonb), 'FAILED', run, '[]', now()) - now())::bigint
                FROM generate_series(1, 500) run""".formatted(json(retry, Delivery.AT_LEAST_ONCE)
                .replaceFirst(".*\"retry\":", "")
                .replaceFirst("\\}.*", "}"));
        List<Long> first = longs(ask);
        assertThat(longs(ask)).isEqualTo(first);
        assertThat(first).allMatch(seconds -> seconds >= 10 && seconds <= 50);
        assertThat(first.stream().distinct().count()).isGreaterThan(30);
    }

    // R6: without another word of its job, a lost attempt costs none of the retries
    @Test
    void a_lost_attempt_is_repeated_at_once_and_its_tenth_loss_ends_the_run() {
        long run = yard.startedOn(place, job(TWICE, Delivery.AT_LEAST_ONCE));
        for (int loss = 1; loss < 10; loss++) {
            lose();
            assertThat(yard.state(run)).isEqualTo("QUEUED");
            restart(run);
        }
        lose();
        assertThat(yard.state(run)).isEqualTo("FAILED");
        assertThat(found(run).attempts())
                .hasSize(10)
                .allMatch(attempt -> attempt.outcome().equals("LOST"));
    }

    @Test
    void lost_attempts_count_where_the_job_says_so() {
        Retry once = new Retry(1, 60L, null, null, null, List.of(Retry.Outcome.LOST));
        long run = yard.startedOn(place, job(once, Delivery.AT_LEAST_ONCE));
        lose();
        assertThat(delay(run, 0)).isEqualTo(Duration.ofSeconds(60));
        place = yard.place(1);
        again(run);
        lose();
        assertThat(yard.state(run)).isEqualTo("FAILED");
        assertThat(found(run).attempts()).extracting(Attempt::outcome).containsExactly("LOST", "LOST");
    }

    @Test
    void cancelling_during_the_delay_ends_the_run_at_once() {
        long run = yard.startedOn(place, job(TWICE, Delivery.AT_LEAST_ONCE));
        fail(run, 1);
        database.useTransaction(transaction -> new Cancellation().request(transaction, run, "ada"));
        assertThat(found(run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(found(run).ending().message()).isEqualTo("cancelled before its next attempt");
    }

    // held runs too: releasing one would repeat it
    @Test
    void switching_the_job_off_ends_what_waits_to_be_repeated_as_its_last_attempt_did() {
        long job = job(TWICE, Delivery.AT_LEAST_ONCE);
        long timedOut = yard.startedOn(place, job);
        end(timedOut, 1, RunState.TIMED_OUT);
        long held = yard.startedOn(place, job);
        fail(held, 1);
        long running = yard.startedOn(place, job);
        Jobs jobs = new Jobs(List.of(new PendingRetries(ends)));
        database.useTransaction(transaction -> {
            new Holding().hold(transaction, List.of(held), "ada", "");
            jobs.enable(transaction, job, false, ADA);
        });
        assertThat(found(timedOut).state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(found(timedOut).ending().message())
                .isEqualTo("broken; not repeated, since its job was switched off");
        assertThat(yard.state(held)).isEqualTo("FAILED");
        assertThat(RunState.BLOCKED.canBecome(RunState.TIMED_OUT)).isTrue();
        assertThat(RunState.HELD.canBecome(RunState.FAILED)).isTrue();
        assertThat(told).extracting(EndedRun::id).containsExactly(timedOut, held);
        assertThat(yard.count("SELECT failed FROM job_statistics WHERE job_id = " + job))
                .isEqualTo(2);
        fail(running, 1);
        assertThat(yard.state(running)).isEqualTo("FAILED");
    }

    private long job(Retry retry, Delivery delivery) {
        return yard.job(json(retry, delivery));
    }

    private static String json(Retry retry, Delivery delivery) {
        RunRules rules = new RunRules(retry, null, null, null, null, null);
        return new JobDefinition(new NoopTask(), Map.of(), null, delivery, null, rules, null, null, null).toJson();
    }

    private void fail(long run, long epoch) {
        end(run, epoch, RunState.FAILED);
    }

    private void end(long run, long epoch, RunState state) {
        AttemptEnd end = new AttemptEnd(run, epoch, state, 3, "broken", null, null, Instant.now());
        database.useTransaction(transaction -> ends.end(transaction, List.of(end)));
    }

    /** From the end of its attempt of that index to the next. */
    private Duration delay(long run, int attempt) {
        Run found = found(run);
        Attempt last = found.attempts().get(attempt);
        assertThat(last.retryAt()).isEqualTo(found.waiting().until());
        return Duration.between(last.endedAt(), last.retryAt());
    }

    private int wake() {
        return database.inTransaction(transaction -> new RunQueue().wake(transaction));
    }

    /** Lets its delay pass. */
    private void again(long run) {
        yard.change("UPDATE run SET wake_at = clock_timestamp() WHERE id = :run", Map.of("run", run));
        assertThat(wake()).isOne();
        restart(run);
    }

    private void restart(long run) {
        if (!yard.sessionState(place.session()).equals("LIVE")) {
            place = yard.place(1);
        }
        yard.dispatchOnce();
        assertThat(yard.acceptAll(place))
                .extracting(accepted -> accepted.ref().run())
                .containsExactly(run);
    }

    private void lose() {
        yard.silence(place.session(), 3);
        yard.takeBackOnce();
    }

    private Run found(long run) {
        return database.inTransaction(transaction -> runs.find(transaction, run))
                .orElseThrow();
    }

    private List<Long> longs(String sql) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(sql).mapTo(Long.class).list());
    }
}

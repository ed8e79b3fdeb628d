package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Overlap.Policy;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Gates;
import io.yardmaster.queue.Holding;
import io.yardmaster.queue.MadeUpFire;
import io.yardmaster.queue.NewRun;
import io.yardmaster.queue.Rows;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GatesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class);

    private final RunQueue queue = new RunQueue();
    private Database database;
    private Yard yard;
    private GatedJobs jobs;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        jobs = new GatedJobs(database, yard);
    }

    @Test
    void a_forbidden_overlap_is_skipped_and_names_the_run_in_its_way() {
        long job = jobs.job(Policy.FORBID, null, null);
        long first = jobs.born(job);
        long second = jobs.born(job);
        assertThat(yard.state(first)).isEqualTo("QUEUED");
        Run skipped = found(second);
        assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
        assertThat(skipped.ending().message()).isEqualTo("skipped, since run " + first + " of its job had not ended");
        assertThat(yard.count("SELECT count(*) FROM job_statistics WHERE job_id = " + job))
                .isZero();
        jobs.cancel(first);
        assertThat(yard.state(jobs.born(job))).isEqualTo("QUEUED");
    }

    // R7: of runs that one statement makes, too
    @Test
    void of_several_fires_at_once_a_forbidding_job_gets_the_first() {
        List<MadeUpFire> fires = fires(jobs.job(Policy.FORBID, null, null), 3);
        int made = database.inTransaction(transaction -> queue.enqueueMadeUp(transaction, Cause.Kind.CATCH_UP, fires));
        assertThat(made).isEqualTo(3);
        assertThat(yard.count(
                        "SELECT count(*) FROM run WHERE state = 'QUEUED' AND nominal_at = '2026-01-01T00:00:00Z'"))
                .isOne();
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE state = 'SKIPPED'"))
                .isEqualTo(2);
    }

    @Test
    void a_bounded_queue_of_one_job_skips_what_is_beyond() {
        long job = jobs.job(Policy.QUEUE, null, 2);
        List<String> states =
                IntStream.range(0, 5).mapToObj(i -> yard.state(jobs.born(job))).toList();
        assertThat(states).containsExactly("QUEUED", "BLOCKED", "BLOCKED", "SKIPPED", "SKIPPED");
    }

    @Test
    void a_replacing_run_ends_what_waits_and_waits_for_the_end_of_what_runs() {
        long job = jobs.job(Policy.REPLACE, null, null);
        Yard.Place place = yard.place(3);
        long running = jobs.born(job);
        yard.dispatchOnce();
        yard.acceptAll(place);
        long waiting = jobs.born(job);
        long newest = jobs.born(job);
        assertThat(found(running).cancellation().by()).isEqualTo("run " + waiting);
        assertThat(found(waiting).state()).isEqualTo(RunState.CANCELLED);
        assertThat(yard.state(newest)).isEqualTo("BLOCKED");
        yard.dispatchOnce();
        assertThat(yard.state(newest)).isEqualTo("BLOCKED");
        jobs.end(running, 1, RunState.SUCCEEDED);
        assertThat(yard.state(running)).isEqualTo("CANCELLED");
        assertThat(yard.state(newest)).isEqualTo("QUEUED");
    }

    // within the time that a statement has, though the planner takes the table for empty
    @Test
    void a_replacing_run_ends_all_that_waits_however_many() {
        long job = jobs.job(Policy.ALLOW, null, null);
        yard.runs(job, null, 1000);
        yard.clear();
        yard.change("ANALYZE run", Map.of());
        yard.runs(job, null, 20_000);
        jobs.change(job, new Overlap(Policy.REPLACE, null, null));
        assertThat(yard.state(jobs.born(job))).isEqualTo("QUEUED");
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE state = 'CANCELLED'"))
                .isEqualTo(20_000);
    }

    // design: a blocked run leaves the ready index
    @Test
    void ten_thousand_runs_without_a_permit_delay_nobody_and_are_looked_at_once() {
        long job = jobs.job(Policy.QUEUE, null, null);
        jobs.cancel(jobs.born(job));
        yard.runs(job, null, 10_000);
        yard.change("UPDATE run SET permits = 1 WHERE job_id = :job", Map.of("job", job));
        long free = yard.runs(yard.noop(), null, 1).get(0);
        yard.place(5);
        for (int pass = 0; pass < 8; pass++) {
            yard.dispatchOnce();
        }
        assertThat(yard.state(free)).isEqualTo("ASSIGNED");
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'ASSIGNED'"))
                .isEqualTo(2);
        assertThat(yard.count("SELECT count(*) FROM run WHERE blocked_reason = 'GATE'"))
                .isEqualTo(9_999);
        String lastWritten = "SELECT max(xmin::text::bigint) FROM run";
        long before = yard.count(lastWritten);
        yard.dispatchOnce();
        assertThat(yard.count(lastWritten)).isEqualTo(before);
    }

    // R7: whatever happens in whatever order
    @ParameterizedTest
    @EnumSource(Policy.class)
    void never_more_than_permits_are_on_nodes_and_none_is_left_waiting(Policy policy) {
        for (int seed = 0; seed < 3; seed++) {
            yard.clear();
            Integer parallel = policy == Policy.ALLOW ? 2 : null;
            long job = jobs.job(policy, parallel, policy == Policy.QUEUE ? 4 : null);
            Random random = new Random(seed);
            for (int step = 0; step < 50; step++) {
                String did = step(job, random);
                String as = policy + " " + seed + " " + step + " " + did;
                long on = yard.count("SELECT count(*) FROM run WHERE session_id IS NOT NULL");
                long waiting = yard.count("SELECT count(*) FROM run WHERE blocked_reason = 'GATE'");
                long through = yard.count("SELECT count(*) FROM run WHERE state IN ('QUEUED', 'ASSIGNED', 'RUNNING')");
                int permits = parallel == null ? 1 : parallel;
                assertThat(on).as(as).isLessThanOrEqualTo(permits);
                assertThat(waiting == 0 || through >= permits).as(as).isTrue();
            }
            int forgotten = database.inTransaction(Gates::repair);
            assertThat(forgotten).isZero();
        }
    }

    private String step(long job, Random random) {
        int kind = random.nextInt(10);
        switch (kind) {
            case 0, 1, 2 -> jobs.born(job);
            case 3, 4 -> dispatchAndAccept(random);
            case 5 ->
                any("state = 'RUNNING'", random)
                        .forEach(run ->
                                jobs.end(run, epoch(run), random.nextBoolean() ? RunState.FAILED : RunState.SUCCEEDED));
            case 6 -> any("true", random).forEach(jobs::cancel);
            case 7 ->
                any("state IN ('QUEUED', 'BLOCKED')", random)
                        .forEach(run -> database.useTransaction(
                                transaction -> new Holding().hold(transaction, List.of(run), "ada", "")));
            case 8 ->
                any("state = 'HELD'", random)
                        .forEach(run -> database.useTransaction(
                                transaction -> new Holding().release(transaction, List.of(run))));
            default -> lose(random);
        }
        return "did " + kind;
    }

    private void dispatchAndAccept(Random random) {
        Yard.Place place = yard.place(3);
        yard.change("UPDATE run SET wake_at = clock_timestamp() WHERE blocked_reason = 'RETRY'", Map.of());
        database.inTransaction(transaction -> queue.wake(transaction));
        yard.dispatchOnce();
        if (random.nextInt(3) > 0) {
            yard.acceptAll(place);
        } else {
            yard.change(
                    "UPDATE run SET offered_at = clock_timestamp() - interval '1 min' WHERE state = 'ASSIGNED'",
                    Map.of());
            yard.takeBackOnce();
        }
    }

    private void lose(Random random) {
        any("session_id IS NOT NULL", random).forEach(run -> {
            yard.change(
                    "UPDATE node_session SET lease_until = clock_timestamp() - interval '3 s' WHERE id = (SELECT session_id FROM run WHERE id = :run)",
                    Map.of("run", run));
            yard.takeBackOnce();
        });
    }

    // two births at once: the second sees the first, since it waits before the gate
    @Test
    void of_two_births_at_the_same_moment_a_forbidding_job_keeps_one() {
        long job = jobs.job(Policy.FORBID, null, null);
        CompletableFuture<Long> second = database.inTransaction(transaction -> {
            queue.enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of()));
            CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> jobs.born(job));
            jobs.awaitLockWaits(1, other);
            return other;
        });
        assertThat(yard.state(second.join())).isEqualTo("SKIPPED");
    }

    // the end holds the run, dispatch the gate: neither waits for ever, and what was blocked meanwhile is woken
    @Test
    void a_run_that_is_blocked_while_the_one_before_it_ends_is_woken() {
        long job = jobs.job(Policy.QUEUE, null, null);
        Yard.Place place = yard.place(3);
        long first = jobs.born(job);
        yard.dispatchOnce();
        yard.acceptAll(place);
        long second = yard.runs(job, null, 1).get(0);
        yard.change("UPDATE run SET permits = 1 WHERE id = :run", Map.of("run", second));
        CompletableFuture<Void> end = database.inTransaction(transaction -> {
            ReadyRuns.Found found = new ReadyRuns.Found(new RunEpoch(second, 0), job, 0, 0, 1, 1, null, 0);
            assertThat(new Permits(transaction).pass(List.of(found))).isEmpty();
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> jobs.end(first, 1, RunState.SUCCEEDED));
            jobs.awaitLockWaits(1, other);
            return other;
        });
        end.join();
        assertThat(yard.state(second)).isEqualTo("QUEUED");
    }

    // else each waits for the other, and one of them is undone after a second
    @Test
    void who_cancels_a_run_that_is_ending_does_not_have_its_gate() {
        long job = jobs.job(Policy.QUEUE, null, null);
        Yard.Place place = yard.place(1);
        long run = jobs.born(job);
        yard.dispatchOnce();
        yard.acceptAll(place);
        for (boolean all : List.of(true, false)) {
            CompletableFuture<Void> cancel = database.inTransaction(transaction -> {
                // as far as an end is before it takes the gate
                transaction.sql().execute("SELECT FROM run WHERE id = ? FOR UPDATE", run);
                CompletableFuture<Void> other = CompletableFuture.runAsync(() -> database.useTransaction(cancelling -> {
                    Cancellation cancellation = new Cancellation();
                    if (all) {
                        cancellation.requestAll(cancelling, List.of(run), "ada");
                    } else {
                        cancellation.request(cancelling, run, "ada");
                    }
                }));
                jobs.awaitLockWaits(1, other);
                assertThat(transaction
                                .sql()
                                .createQuery("SELECT job_id FROM job_gate WHERE job_id = :job FOR UPDATE SKIP LOCKED")
                                .bind("job", job)
                                .mapTo(Long.class)
                                .list())
                        .containsExactly(job);
                return other;
            });
            cancel.join();
        }
    }

    private List<MadeUpFire> fires(long job, int count) {
        Instant first = Instant.parse("2026-01-01T00:00:00Z");
        long schedule = database.inTransaction(transaction ->
                Rows.schedule(transaction, job, Rows.timetable(transaction, "0 0 10 * * ?"), first.minusSeconds(1)));
        return IntStream.range(0, count)
                .mapToObj(i -> new MadeUpFire(
                        schedule, first.plusSeconds(i), null, Instant.now().minusSeconds(60)))
                .toList();
    }

    private Stream<Long> any(String condition, Random random) {
        List<Long> runs = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT id FROM run WHERE " + condition + " ORDER BY id")
                .mapTo(Long.class)
                .list());
        return runs.isEmpty() ? Stream.of() : Stream.of(runs.get(random.nextInt(runs.size())));
    }

    private long epoch(long run) {
        return yard.count("SELECT epoch FROM run WHERE id = " + run);
    }

    private Run found(long run) {
        return database.inTransaction(transaction -> new Runs().find(transaction, run))
                .orElseThrow();
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.JobDraft;
import io.yardmaster.job.Jobs;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Overlap.Policy;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
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
import io.yardmaster.task.NoopTask;
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
    private final AttemptEnds ends = new AttemptEnds(List.of());
    private Database database;
    private Yard yard;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
    }

    @Test
    void a_forbidden_overlap_is_skipped_and_names_the_run_in_its_way() {
        long job = job(Policy.FORBID, null, null);
        long first = born(job);
        long second = born(job);
        assertThat(yard.state(first)).isEqualTo("QUEUED");
        Run skipped = found(second);
        assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
        assertThat(skipped.ending().message()).isEqualTo("skipped, since run " + first + " of its job had not ended");
        assertThat(yard.count("SELECT count(*) FROM job_statistics WHERE job_id = " + job))
                .isZero();
        cancel(first);
        assertThat(yard.state(born(job))).isEqualTo("QUEUED");
    }

    // R7: of runs that one statement makes, too
    @Test
    void of_several_fires_at_once_a_forbidding_job_gets_the_first() {
        List<MadeUpFire> fires = fires(job(Policy.FORBID, null, null), 3);
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
        long job = job(Policy.QUEUE, null, 2);
        List<String> states =
                IntStream.range(0, 5).mapToObj(i -> yard.state(born(job))).toList();
        assertThat(states).containsExactly("QUEUED", "BLOCKED", "BLOCKED", "SKIPPED", "SKIPPED");
    }

    @Test
    void a_replacing_run_ends_what_waits_and_waits_for_the_end_of_what_runs() {
        long job = job(Policy.REPLACE, null, null);
        Yard.Place place = yard.place(3);
        long running = born(job);
        yard.dispatchOnce();
        yard.acceptAll(place);
        long waiting = born(job);
        long newest = born(job);
        assertThat(found(running).cancellation().by()).isEqualTo("run " + waiting);
        assertThat(found(waiting).state()).isEqualTo(RunState.CANCELLED);
        assertThat(yard.state(newest)).isEqualTo("BLOCKED");
        yard.dispatchOnce();
        assertThat(yard.state(newest)).isEqualTo("BLOCKED");
        end(running, 1, RunState.SUCCEEDED);
        assertThat(yard.state(running)).isEqualTo("CANCELLED");
        assertThat(yard.state(newest)).isEqualTo("QUEUED");
    }

    // within the time that a statement has, though the planner takes the table for empty
    @Test
    void a_replacing_run_ends_all_that_waits_however_many() {
        long job = job(Policy.ALLOW, null, null);
        yard.runs(job, null, 1000);
        yard.clear();
        yard.change("ANALYZE run", Map.of());
        yard.runs(job, null, 20_000);
        change(job, new Overlap(Policy.REPLACE, null, null));
        assertThat(yard.state(born(job))).isEqualTo("QUEUED");
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE state = 'CANCELLED'"))
                .isEqualTo(20_000);
    }

    // design: a blocked run leaves the ready index
    @Test
    void ten_thousand_runs_without_a_permit_delay_nobody_and_are_looked_at_once() {
        long job = job(Policy.QUEUE, null, null);
        cancel(born(job));
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
            long job = job(policy, parallel, policy == Policy.QUEUE ? 4 : null);
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
            case 0, 1, 2 -> born(job);
            case 3, 4 -> dispatchAndAccept(random);
            case 5 ->
                any("state = 'RUNNING'", random)
                        .forEach(run ->
                                end(run, epoch(run), random.nextBoolean() ? RunState.FAILED : RunState.SUCCEEDED));
            case 6 -> any("true", random).forEach(this::cancel);
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
        long job = job(Policy.FORBID, null, null);
        CompletableFuture<Long> second = database.inTransaction(transaction -> {
            queue.enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of()));
            CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> born(job));
            awaitLockWait();
            return other;
        });
        assertThat(yard.state(second.join())).isEqualTo("SKIPPED");
    }

    // the end holds the run, dispatch the gate: neither waits for ever, and what was blocked meanwhile is woken
    @Test
    void a_run_that_is_blocked_while_the_one_before_it_ends_is_woken() {
        long job = job(Policy.QUEUE, null, null);
        Yard.Place place = yard.place(3);
        long first = born(job);
        yard.dispatchOnce();
        yard.acceptAll(place);
        long second = yard.runs(job, null, 1).get(0);
        yard.change("UPDATE run SET permits = 1 WHERE id = :run", Map.of("run", second));
        CompletableFuture<Void> end = database.inTransaction(transaction -> {
            ReadyRuns.Found found = new ReadyRuns.Found(new RunEpoch(second, 0), job, 0, 0, 1, 1);
            assertThat(new Permits(transaction).pass(List.of(found))).isEmpty();
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> end(first, 1, RunState.SUCCEEDED));
            awaitLockWait();
            return other;
        });
        end.join();
        assertThat(yard.state(second)).isEqualTo("QUEUED");
    }

    // a change of the job counts for what waits already
    @Test
    void more_permits_let_what_waits_go_at_once_and_none_take_the_gate_away() {
        long job = job(Policy.QUEUE, null, null);
        born(job);
        long second = born(job);
        long third = born(job);
        change(job, new Overlap(null, 2, null));
        assertThat(yard.state(second)).isEqualTo("QUEUED");
        assertThat(yard.state(third)).isEqualTo("BLOCKED");
        change(job, null);
        assertThat(yard.state(third)).isEqualTo("QUEUED");
    }

    private void change(long job, Overlap overlap) {
        Jobs jobs = new Jobs(List.of(new Gates()));
        database.useTransaction(transaction -> {
            JobDraft now = jobs.locked(transaction, job).draft();
            JobDraft wanted = new JobDraft(
                    now.namespace(), now.name(), "changed " + overlap, now.queueId(), true, definition(overlap));
            jobs.update(transaction, job, jobs.locked(transaction, job).version(), wanted, new Actor("ada", null));
        });
    }

    private long job(Policy policy, Integer parallel, Integer waiting) {
        return yard.job(definition(new Overlap(policy, parallel, waiting)).toJson());
    }

    private static JobDefinition definition(Overlap overlap) {
        Retry once = new Retry(1, 60L, null, null, null, null);
        RunRules rules = new RunRules(once, overlap, null, null, null, null);
        return new JobDefinition(new NoopTask(), Map.of(), null, null, null, rules, null);
    }

    private long born(long job) {
        return database.inTransaction(
                transaction -> queue.enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of())));
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

    private void end(long run, long epoch, RunState state) {
        AttemptEnd end = new AttemptEnd(run, epoch, state, 1, null, null, null, Instant.now());
        database.useTransaction(transaction -> ends.end(transaction, List.of(end)));
    }

    private void cancel(long run) {
        database.useTransaction(transaction -> new Cancellation().request(transaction, run, "ada"));
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

    private void awaitLockWait() {
        await().until(() -> yard.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") > 0);
    }

    private Run found(long run) {
        return database.inTransaction(transaction -> new Runs().find(transaction, run))
                .orElseThrow();
    }
}

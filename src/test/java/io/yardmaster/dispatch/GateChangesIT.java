package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.job.Need;
import io.yardmaster.job.Overlap;
import io.yardmaster.job.Overlap.Policy;
import io.yardmaster.queue.Gates;
import io.yardmaster.queue.Moving;
import io.yardmaster.run.RunState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a job's runs when it is given other permits. */
final class GateChangesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class);

    private static final Overlap ONE_AT_A_TIME = new Overlap(Policy.QUEUE, null, null);

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

    // a change of the job counts for what waits already
    @Test
    void more_permits_let_what_waits_go_at_once_and_none_take_the_gate_away() {
        long job = jobs.job(Policy.QUEUE, null, null);
        jobs.born(job);
        long second = jobs.born(job);
        long third = jobs.born(job);
        jobs.change(job, new Overlap(null, 2, null));
        assertThat(yard.state(second)).isEqualTo("QUEUED");
        assertThat(yard.state(third)).isEqualTo("BLOCKED");
        jobs.change(job, null);
        assertThat(yard.state(third)).isEqualTo("QUEUED");
    }

    // R7: the birth has not been committed when the job is given a gate
    @Test
    void a_run_that_is_being_born_when_its_job_is_given_a_gate_has_it() {
        long job = jobs.job(Policy.ALLOW, null, null);
        CompletableFuture<Void> change = database.inTransaction(transaction -> {
            jobs.born(transaction, job);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> jobs.change(job, ONE_AT_A_TIME));
            jobs.awaitLockWaits(1, other);
            return other;
        });
        change.join();
        assertGated(job);
    }

    // R7: the birth has read the job when the change is committed
    @Test
    void a_run_that_is_born_while_its_job_is_given_a_gate_has_it() {
        long job = jobs.job(Policy.ALLOW, null, null);
        CompletableFuture<Long> birth = database.inTransaction(transaction -> {
            jobs.change(transaction, job, ONE_AT_A_TIME);
            CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> jobs.born(job));
            jobs.awaitLockWaits(1, other);
            return other;
        });
        birth.join();
        assertGated(job);
    }

    /** Of two runs one is given to a node. */
    private void assertGated(long job) {
        jobs.born(job);
        yard.place(3);
        yard.dispatchOnce();
        assertThat(yard.count("SELECT count(*) FROM run WHERE permits = 1")).isEqualTo(2);
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'ASSIGNED'"))
                .isOne();
    }

    // what no node fits delays nobody behind it
    @Test
    void a_run_that_fits_no_node_keeps_back_those_of_its_need_alone() {
        long job = jobs.job(Policy.QUEUE, null, null);
        need(job, yard.needing(new Need(1, List.of("gone"), List.of(), List.of())));
        long unfit = jobs.born(job);
        long unfitToo = jobs.born(job);
        need(job, yard.noop());
        long first = jobs.born(job);
        Yard.Place place = yard.place(3);
        yard.dispatchOnce();
        yard.acceptAll(place);
        assertThat(yard.state(first)).isEqualTo("RUNNING");
        long second = jobs.born(job);
        assertThat(yard.state(second)).isEqualTo("BLOCKED");
        jobs.end(first, 1, RunState.SUCCEEDED);
        assertThat(yard.state(second)).isEqualTo("QUEUED");
        assertThat(Stream.of(unfit, unfitToo).map(yard::state)).containsExactly("QUEUED", "BLOCKED");
        assertThat((int) database.inTransaction(Gates::repair)).isZero();
        long elsewhere = yard.queue(1, null);
        database.useTransaction(transaction -> new Moving().move(transaction, List.of(unfitToo), elsewhere));
        assertThat(yard.state(unfitToo)).isEqualTo("QUEUED");
    }

    private void need(long job, long like) {
        yard.change(
                "UPDATE job SET need_id = (SELECT need_id FROM job WHERE id = :like) WHERE id = :job",
                Map.of("job", job, "like", like));
    }

    // design: locks are taken in one order; after a deadlock one of them begins again
    @Test
    void a_change_of_permits_and_the_end_of_an_attempt_wait_for_each_other_in_one_order() {
        long job = jobs.job(Policy.QUEUE, null, null);
        Yard.Place place = yard.place(3);
        long run = jobs.born(job);
        yard.dispatchOnce();
        yard.acceptAll(place);
        AtomicInteger begun = new AtomicInteger();
        CompletableFuture<?>[] both = database.inTransaction(transaction -> {
            transaction.sql().execute("SELECT FROM job_gate FOR UPDATE");
            CompletableFuture<?> change = CompletableFuture.runAsync(() -> database.useTransaction(own -> {
                begun.incrementAndGet();
                jobs.change(own, job, new Overlap(null, 2, null));
            }));
            jobs.awaitLockWaits(1, change);
            CompletableFuture<?> end = CompletableFuture.runAsync(() -> database.useTransaction(own -> {
                begun.incrementAndGet();
                jobs.end(own, run, 1, RunState.SUCCEEDED);
            }));
            jobs.awaitLockWaits(2, end);
            return new CompletableFuture<?>[] {change, end};
        });
        CompletableFuture.allOf(both).join();
        assertThat(yard.state(run)).isEqualTo("SUCCEEDED");
        assertThat(begun).hasValue(2);
    }
}

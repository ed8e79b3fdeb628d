package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.JobDefinition;
import io.yardmaster.job.Retry;
import io.yardmaster.job.RunRules;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.NewRun;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.run.EndedRun;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import io.yardmaster.task.NoopTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Time passes by setting rows back. */
final class TimeLimitsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private final List<EndedRun> told = new ArrayList<>();
    private final AttemptEnds ends = new AttemptEnds(List.of((transaction, ended) -> told.addAll(ended)));
    private Database database;
    private Yard yard;
    private Yard.Place place;
    private TimeLimits limits;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        place = yard.place(1);
        limits = new TimeLimits(database, ends, yard.dispatching().counts());
    }

    @Test
    void the_server_asks_for_the_end_of_what_its_worker_has_not_ended_in_time() {
        long run = yard.startedOn(place, job(new RunRules(null, null, null, null, null, null)));
        runsSince(run, 69);
        limits.turn();
        assertThat(found(run).cancellation()).isNull();
        runsSince(run, 71);
        limits.turn();
        assertThat(found(run).cancellation().by()).isEqualTo("its time limit");
        assertThat(pending()).containsExactly(run);
        end(run, RunState.CANCELLED);
        assertThat(found(run).state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(found(run).ending().message()).isEqualTo("ended by the server, since its time limit was over");
        assertThat(told).extracting(EndedRun::state).containsExactly(RunState.TIMED_OUT);
    }

    // user-pain 14: a frozen worker is lost with its lease; what it ran has timed out, and its failure is told once
    @Test
    void what_a_frozen_worker_ran_too_long_has_timed_out_when_the_node_is_lost() {
        long run = yard.startedOn(place, job(new RunRules(null, null, null, null, null, null)));
        runsSince(run, 75);
        limits.turn();
        yard.silence(place.session(), 3);
        yard.takeBackOnce();
        assertThat(yard.state(run)).isEqualTo("TIMED_OUT");
        assertThat(yard.count("SELECT failed FROM job_statistics WHERE last_run_id = " + run))
                .isOne();
    }

    @Test
    void what_timed_out_by_the_server_is_repeated_too_unless_somebody_cancels_it() {
        RunRules rules = new RunRules(new Retry(1, 60L, null, null, null, null), null, null, null, null, null);
        long run = yard.startedOn(place, job(rules));
        runsSince(run, 75);
        limits.turn();
        end(run, RunState.CANCELLED);
        assertThat(found(run).waiting().reason()).isEqualTo("RETRY");
        assertThat(found(run).cancellation()).isNull();
        long other = yard.startedOn(place, job(rules));
        runsSince(other, 75);
        limits.turn();
        database.useTransaction(transaction -> new Cancellation().request(transaction, other, "ada"));
        end(other, RunState.CANCELLED);
        assertThat(yard.state(other)).isEqualTo("CANCELLED");
    }

    @Test
    void a_long_attempt_is_marked_once() {
        long run = yard.startedOn(place, job(new RunRules(null, null, 30L, null, null, null)));
        limits.turn();
        runsSince(run, 31);
        limits.turn();
        limits.turn();
        assertThat(yard.dispatching().counts().get(DispatchCount.LONG)).isOne();
        assertThat(yard.count("SELECT count(*) FROM run WHERE long_since IS NOT NULL"))
                .isOne();
    }

    @Test
    void what_waited_too_long_is_missed_and_what_was_offered_goes_on() {
        long job = job(new RunRules(null, null, null, 3600L, null, null));
        long offered = born(job);
        yard.dispatchOnce();
        long waiting = born(job);
        yard.change("UPDATE run SET expires_at = expires_at - interval '59 min'", Map.of());
        limits.turn();
        assertThat(yard.state(waiting)).isEqualTo("QUEUED");
        yard.change("UPDATE run SET expires_at = expires_at - interval '1 min'", Map.of());
        limits.turn();
        assertThat(yard.state(waiting)).isEqualTo("MISSED");
        assertThat(yard.state(offered)).isEqualTo("ASSIGNED");
        assertThat(told).extracting(EndedRun::id).containsExactly(waiting);
    }

    private long job(RunRules rules) {
        return yard.job(new JobDefinition(new NoopTask(), Map.of(), 60L, null, null, rules, null, null, null).toJson());
    }

    private long born(long job) {
        return database.inTransaction(
                transaction -> new RunQueue().enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of())));
    }

    private void runsSince(long run, int seconds) {
        yard.change(
                "UPDATE run SET started_at = clock_timestamp() - :seconds * interval '1 s' WHERE id = :run",
                Map.of("run", run, "seconds", seconds));
    }

    private void end(long run, RunState state) {
        AttemptEnd end = new AttemptEnd(run, 1, state, null, null, null, null, Instant.now());
        database.useTransaction(transaction -> ends.end(transaction, List.of(end)));
    }

    private List<Long> pending() {
        return database.inTransaction(transaction -> News.pending(transaction, List.of(place.session()))).stream()
                .filter(news -> news.kind() == News.Kind.CANCEL)
                .map(news -> news.ref().run())
                .toList();
    }

    private Run found(long run) {
        return database.inTransaction(transaction -> new Runs().find(transaction, run))
                .orElseThrow();
    }
}

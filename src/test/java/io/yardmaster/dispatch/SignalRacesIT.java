package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Claim;
import io.yardmaster.lock.Claims;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.Conditions.Act;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Variables;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** R8: a condition is set while the run that awaits it is dispatched, and never is the wake-up lost. */
final class SignalRacesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Lock.class);

    private static final Actor ADA = new Actor("ada", null);
    private static final int PAIRS = 100;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Random random = new Random(5);
    private final List<Lock> conditions = new ArrayList<>();
    private final List<Long> waiting = new ArrayList<>();
    private Database database;
    private Yard yard;
    private LockedJobs jobs;
    private Yard.Place place;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        jobs = new LockedJobs(database, yard);
        place = yard.place(PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            conditions.add(condition("race" + NAMES.incrementAndGet()));
            waiting.add(waiting(conditions.get(i)));
        }
    }

    @Test
    void of_some_hundred_races_none_is_lost() {
        race(3);
    }

    @Test
    @Tag("soak")
    void of_ten_thousand_races_none_is_lost() {
        race(100);
    }

    private void race(int rounds) {
        int waited = 0;
        for (int round = 0; round < rounds; round++) {
            assertThat(yard.beat(place, List.of())).isPresent();
            waiting.forEach(job -> yard.runs(job, null, 1));
            List<Lock> order = new ArrayList<>(conditions);
            Collections.shuffle(order, random);
            CompletableFuture<Integer> called = CompletableFuture.supplyAsync(
                    () -> order.stream().mapToInt(one -> open(one).called()).sum());
            while (!called.isDone()) {
                yard.dispatchOnce();
            }
            waited += called.join();
            // what was called is ready, and only one dispatcher is left
            yard.dispatchOnce();
            assertThat(yard.acceptAll(place)).as("runs that began").hasSize(PAIRS);
            assertThat(jobs.forgotten()).isZero();
            endAll();
        }
        // both orders came to pass
        assertThat(waited).isBetween(1, rounds * PAIRS - 1);
    }

    private Conditions.Outcome open(Lock condition) {
        Act act = condition.id() % 2 == 0 ? Act.SET : Act.SIGNAL;
        return database.inTransaction(transaction ->
                Conditions.change(transaction, condition, new Conditions.Change(act, Map.of("open", "true")), ADA));
    }

    private void endAll() {
        List<AttemptEnd> ends = database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT id, epoch FROM run")
                .map((row, context) -> new AttemptEnd(
                        row.getLong("id"),
                        row.getLong("epoch"),
                        RunState.SUCCEEDED,
                        0,
                        null,
                        null,
                        null,
                        Instant.now()))
                .list());
        database.useTransaction(transaction -> new AttemptEnds(List.of()).end(transaction, ends));
        yard.change("UPDATE lock_state SET variables = l.variables FROM lock l WHERE l.id = lock_id", Map.of());
    }

    private Lock condition(String name) {
        LockDraft draft =
                new LockDraft("default", name, "", "", "CONDITION", null, Variables.of(Map.of("open", "false")));
        return database.inTransaction(transaction -> new LockChanges().create(transaction, draft, ADA));
    }

    private long waiting(Lock condition) {
        long job = yard.noop();
        Claim claim = new Claim(List.of(new Claim.Part(condition.id(), 0, new Claim.Wait("open", null, null))));
        long id = database.inTransaction(transaction -> Claims.id(transaction, claim));
        yard.change("UPDATE job SET claim_id = :claim WHERE id = :job", Map.of("claim", id, "job", job));
        return job;
    }
}

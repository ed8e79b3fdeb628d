package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.LockedJobs.Part;
import io.yardmaster.job.Job;
import io.yardmaster.lock.Claim;
import io.yardmaster.lock.Claims;
import io.yardmaster.lock.Conditions;
import io.yardmaster.lock.Conditions.Act;
import io.yardmaster.lock.Lock;
import io.yardmaster.lock.LockChanges;
import io.yardmaster.lock.LockDraft;
import io.yardmaster.lock.Variables;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.ConditionTimeouts;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.RunOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * R7, R8, R22: whatever happens beside whatever, no lock is given out twice, nobody waits for one that is free, and what is to
 * be run is run in the end.
 */
final class LockInterleavingIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Lock.class, Queue.class);

    private static final Actor ADA = new Actor("ada", null);
    private static final int ACTORS = 6;
    private static final int STEPS = 60;

    /** Locks of which more is held than there is, in one snapshot. */
    private static final String OVERDRAWN = """
            SELECT count(*) FROM (
                SELECT h.lock_id FROM lock_hold h JOIN lock_state s ON s.lock_id = h.lock_id
                GROUP BY h.lock_id, s.capacity HAVING sum(h.units) > s.capacity) o
            """;

    /** Runs on nodes that need locks and do not have them, and the other way round. */
    private static final String DISAGREEING = """
            SELECT count(*) FROM (
                SELECT r.id, p.lock, r.epoch
                FROM run r JOIN claim c ON c.id = r.claim_id CROSS JOIN unnest(c.locks, c.units) AS p (lock, units)
                WHERE r.session_id IS NOT NULL AND p.units > 0) r (run, lock, epoch)
            FULL JOIN lock_hold h ON h.run_id = r.run AND h.lock_id = r.lock AND h.epoch = r.epoch
            WHERE h.run_id IS NULL OR r.run IS NULL
            """;

    /** Among row locks, where PostgreSQL had to undo somebody's work. */
    private static final String DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    private Database database;
    private Yard yard;
    private LockedJobs jobs;
    private Yard.Place place;
    private Lock condition;
    private List<Long> queues;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        jobs = new LockedJobs(database, yard);
        place = yard.place(8);
        LockDraft draft = new LockDraft(
                "default",
                "interleaved",
                "",
                "",
                "CONDITION",
                null,
                Variables.of(Map.of("open", "false", "count", "0")));
        condition = database.inTransaction(transaction -> new LockChanges().create(transaction, draft, ADA));
    }

    @Test
    void holds_never_exceed_a_lock_and_nobody_is_forgotten() {
        long mutex = jobs.mutex();
        long file = jobs.readWrite();
        long licences = jobs.semaphore(3);
        long[] kinds = {
            jobs.job(mutex),
            jobs.job(file),
            jobs.job(new Part(file, LockedJobs.ALL)),
            jobs.job(licences),
            jobs.job(new Part(licences, 3)),
            jobs.job(new Part(mutex, 1), new Part(file, 1), new Part(licences, 2)),
            awaiting(new Claim.Part(mutex, 1), open("open")),
            awaiting(new Claim.Part(licences, 1), open(null)),
            awaiting(open("count > 2 && open")),
            signalling(Act.SET, "{\"open\": \"true\"}"),
            signalling(Act.SIGNAL, "{\"count\": \"3\"}"),
            signalling(Act.RESET, "{}"),
            yard.noop()
        };
        queues = List.of(yard.queue(1, null), yard.queue(1, null));
        IntStream.range(0, 90).forEach(i -> jobs.runs(kinds[i % kinds.length], queues.get(i % 2), 1));
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> watch = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                assertSound();
            }
        });
        CompletableFuture.allOf(IntStream.range(0, ACTORS)
                        .mapToObj(actor -> CompletableFuture.runAsync(() -> act(new Random(actor))))
                        .toArray(CompletableFuture[]::new))
                .join();
        over.set(true);
        watch.join();
        new ConditionTurns(database).turn();
        assertThat(jobs.forgotten()).isZero();
        assertThat(yard.count(DEADLOCKS)).isZero();
        finish();
        assertThat(left()).isEmpty();
        assertThat(yard.count("SELECT count(*) FROM lock_hold")).isZero();
        assertThat(yard.count("SELECT count(*) FROM lock_ticket")).isZero();
    }

    /** Each run that has not ended, with what it waits for. */
    private List<String> left() {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery("""
                        SELECT concat_ws(' ', r.id, r.state, r.blocked_reason, r.session_id, c.waits, (SELECT jsonb_agg(to_jsonb(t))
                            FROM lock_ticket t WHERE t.run_id = r.id))
                        FROM run r LEFT JOIN claim c ON c.id = r.claim_id""").mapTo(String.class).list());
    }

    private void assertSound() {
        assertThat(yard.count(OVERDRAWN)).isZero();
        assertThat(yard.count(DISAGREEING)).isZero();
    }

    /** As a server of its own would. */
    private void act(Random random) {
        Yard server = new Yard(database);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(15)) {
                case 0, 1, 2 -> accept(server);
                case 3, 4, 5 -> any("state = 'RUNNING'", jobs::end);
                case 6 -> any("state IN ('QUEUED', 'BLOCKED')", jobs::hold);
                case 7 -> any("state = 'HELD'", jobs::release);
                case 8 -> any("random() < 0.3 AND state <> 'RUNNING'", jobs::cancel);
                case 9 -> pause(queues.get(random.nextInt(2)), random.nextBoolean());
                case 10 ->
                    any(
                            "state IN ('QUEUED', 'BLOCKED')",
                            run -> database.useTransaction(transaction ->
                                    RunOrder.reprioritise(transaction, List.of(run), random.nextInt(9))));
                case 11 -> jobs.lapse();
                case 12 -> new ConditionTurns(database).turn();
                case 13 -> timeOut();
                default -> change(List.of(Act.values()).get(random.nextInt(4)), random.nextBoolean());
            }
        }
    }

    private void accept(Yard server) {
        server.dispatchOnce();
        server.acceptAll(place);
    }

    private void pause(long queue, boolean paused) {
        database.useTransaction(transaction -> {
            if (paused) {
                new QueueChanges().pause(transaction, queue, ADA);
            } else {
                new QueueChanges().resume(transaction, queue, ADA);
            }
        });
    }

    private void any(String condition, LongConsumer act) {
        List<Long> runs = database.inTransaction(transaction -> ids(transaction, condition));
        if (!runs.isEmpty()) {
            act.accept(runs.get(0));
        }
    }

    private static List<Long> ids(Transaction transaction, String condition) {
        return transaction
                .sql()
                .createQuery("SELECT id FROM run WHERE " + condition + " ORDER BY random() LIMIT 1")
                .mapTo(Long.class)
                .list();
    }

    /** Some wait for no longer than this. */
    private void timeOut() {
        database.inTransaction(new ConditionTimeouts(new AttemptEnds(List.of()))::end);
    }

    private void change(Act act, boolean open) {
        Map<String, String> variables =
                act == Act.RESET ? Map.of() : Map.of("open", Boolean.toString(open), "count", open ? "3" : "0");
        database.useTransaction(
                transaction -> Conditions.change(transaction, condition, new Conditions.Change(act, variables), ADA));
    }

    private Claim.Part open(String when) {
        return new Claim.Part(condition.id(), 0, new Claim.Wait(when, 1L, Claim.Otherwise.RUN));
    }

    private long awaiting(Claim.Part... parts) {
        List<Claim.Part> ascending = Arrays.stream(parts)
                .sorted(Comparator.comparingLong(Claim.Part::lock))
                .toList();
        long job = yard.noop();
        long claim = database.inTransaction(transaction -> Claims.id(transaction, new Claim(ascending)));
        yard.change("UPDATE job SET claim_id = :claim WHERE id = :job", Map.of("claim", claim, "job", job));
        return job;
    }

    private long signalling(Act act, String variables) {
        long job = yard.noop();
        yard.change("""
                INSERT INTO job_signal (job_id, place, lock_id, on_end, act, variables)
                VALUES (:job, 0, :lock, 'ANY', :act, CAST(:variables AS jsonb))""", Map.of("job", job, "lock", condition.id(), "act", act.name(), "variables", variables));
        return job;
    }

    /** All that waits is let go; each pass ends what runs. */
    private void finish() {
        queues.forEach(queue -> pause(queue, false));
        yard.change("UPDATE node_session SET lapsed_at = NULL", Map.of());
        for (int pass = 0; pass < 200 && yard.count("SELECT count(*) FROM run") > 0; pass++) {
            any("state = 'HELD'", jobs::release);
            change(Act.BROADCAST, true);
            accept(yard);
            any("state = 'RUNNING'", jobs::end);
            assertSound();
        }
    }
}

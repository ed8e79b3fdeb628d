package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.dispatch.LockedJobs.Part;
import io.yardmaster.job.Job;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.RunOrder;
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
    static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, Queue.class);

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
                SELECT r.id, unnest(c.locks), r.epoch FROM run r JOIN claim c ON c.id = r.claim_id WHERE r.session_id IS NOT NULL) r (run, lock, epoch)
            FULL JOIN lock_hold h ON h.run_id = r.run AND h.lock_id = r.lock AND h.epoch = r.epoch
            WHERE h.run_id IS NULL OR r.run IS NULL
            """;

    /** Among row locks, where PostgreSQL had to undo somebody's work. */
    private static final String DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    private Database database;
    private Yard yard;
    private LockedJobs jobs;
    private Yard.Place place;
    private List<Long> queues;

    @BeforeEach
    void begin(Database database) {
        this.database = database;
        yard = new Yard(database);
        yard.clear();
        jobs = new LockedJobs(database, yard);
        place = yard.place(8);
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
            yard.noop()
        };
        queues = List.of(yard.queue(1, null), yard.queue(1, null));
        IntStream.range(0, 60).forEach(i -> jobs.runs(kinds[i % kinds.length], queues.get(i % 2), 1));
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
        assertThat(jobs.forgotten()).isZero();
        assertThat(yard.count(DEADLOCKS)).isZero();
        finish();
        assertThat(yard.count("SELECT count(*) FROM run")).isZero();
        assertThat(yard.count("SELECT count(*) FROM lock_hold")).isZero();
        assertThat(yard.count("SELECT count(*) FROM lock_ticket")).isZero();
    }

    private void assertSound() {
        assertThat(yard.count(OVERDRAWN)).isZero();
        assertThat(yard.count(DISAGREEING)).isZero();
    }

    /** As a server of its own would. */
    private void act(Random random) {
        Yard server = new Yard(database);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
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
                default -> jobs.lapse();
            }
        }
    }

    private void accept(Yard server) {
        server.dispatchOnce();
        server.acceptAll(place);
    }

    private void pause(long queue, boolean paused) {
        Actor ada = new Actor("ada", null);
        database.useTransaction(transaction -> {
            if (paused) {
                new QueueChanges().pause(transaction, queue, ada);
            } else {
                new QueueChanges().resume(transaction, queue, ada);
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

    /** All that waits is let go; each pass ends what runs. */
    private void finish() {
        queues.forEach(queue -> pause(queue, false));
        yard.change("UPDATE node_session SET lapsed_at = NULL", Map.of());
        for (int pass = 0; pass < 200 && yard.count("SELECT count(*) FROM run") > 0; pass++) {
            any("state = 'HELD'", jobs::release);
            accept(yard);
            any("state = 'RUNNING'", jobs::end);
            assertSound();
        }
    }
}

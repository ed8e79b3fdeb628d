package io.yardmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.run.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A queue with a limit never has more waiting runs by what is born or moved into it. */
final class QueueRoomIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Queue.class);

    private static final Actor ADA = new Actor("ada", "127.0.0.1");
    private static final Instant NOMINAL = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant BEFORE = Instant.parse("2020-01-01T00:00:00Z");
    private static final int MOST = 5;

    private final RunQueue door = new RunQueue();
    private final QueueChanges changes = new QueueChanges();
    private Database database;
    private long queue;
    private long job;
    private long timetable;
    private int fired;

    @BeforeEach
    void one_queue_with_room_for_five(Database given) {
        database = given;
        database.useTransaction(transaction -> {
            String name = "q" + transaction.nextId();
            QueueLimits limits = new QueueLimits(null, MOST, 1);
            queue = changes.create(transaction, new QueueDraft("default", name, "", null, null, null, limits), ADA)
                    .id();
            job = job(transaction, queue);
            timetable = Rows.timetable(transaction, name);
            Rows.schedule(transaction, job, timetable, BEFORE);
        });
    }

    @Test
    void what_schedules_make_beyond_it_is_skipped_and_says_so_and_what_somebody_asks_for_is_refused() {
        int[] made = fire(7);
        assertThat(made).hasSize(7).containsOnly(1);
        assertThat(waiting()).isEqualTo(MOST);
        String full = database.inTransaction(transaction ->
                new Queues().find(transaction, queue).orElseThrow().fullName());
        assertThat(POSTGRES.count("run_history WHERE queue_id = " + queue + " AND state = 'SKIPPED' AND message ="
                        + " 'skipped, since as many runs as may (5) waited in queue " + full + "'"
                        + " AND nominal_at >= '2026-03-01T10:00:05Z'"))
                .as("the latest instants")
                .isEqualTo(2);
        assertThatThrownBy(this::ask).isInstanceOf(Conflict.class).hasMessageContainingAll(full, "(5)");
        database.useTransaction(transaction -> {
            assertThatThrownBy(() -> ask(transaction)).isInstanceOf(Conflict.class);
            assertThat(waiting(transaction)).as("nothing is left of it").isEqualTo(MOST);
        });
        begin(2);
        ask();
        assertThat(fire(30)).hasSize(30);
        assertThat(waiting()).isEqualTo(MOST);
    }

    // never beyond the limit, whichever births cross
    @Test
    void births_that_cross_fill_it_to_its_limit_and_no_further() {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 12; round++) {
                begin(MOST);
                List<CompletableFuture<?>> births = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    Instant first = NOMINAL.plus(Duration.ofHours(1L + 8L * round + i));
                    int size = 1 + (i + round) % 4;
                    births.add(CompletableFuture.runAsync(() -> bear(first, size), threads));
                }
                births.forEach(CompletableFuture::join);
                assertThat(waiting()).as("round " + round).isEqualTo(MOST);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void bear(Instant first, int size) {
        if (size > 1) {
            fire(first, size);
            return;
        }
        try {
            ask();
        } catch (Conflict full) {
            assertThat(full).hasMessageContaining("waiting runs");
        }
    }

    @Test
    void what_is_there_already_waits_in_a_full_queue_too() {
        fire(MOST);
        long session = database.inTransaction(transaction -> Rows.session(transaction, "n" + queue));
        long run = first();
        database.useTransaction(transaction -> Rows.start(transaction, run, session));
        ask();
        int back = database.inTransaction(transaction -> door.giveBack(transaction, List.of(run)));
        assertThat(back).isOne();
        assertThat(waiting()).isEqualTo(MOST + 1);
        database.useTransaction(transaction -> {
            new Holding().hold(transaction, List.of(run), "ada", "");
            new Holding().release(transaction, List.of(run));
        });
        assertThatThrownBy(this::ask).isInstanceOf(Conflict.class);
        database.useTransaction(transaction -> changes.limit(transaction, queue, new QueueLimits(null, 1, 1), ADA));
        assertThat(waiting()).as("a lower limit ends nothing").isEqualTo(MOST + 1);
        database.useTransaction(transaction -> changes.limit(transaction, queue, QueueLimits.NONE, ADA));
        ask();
        assertThat(waiting()).isEqualTo(MOST + 2);
    }

    @Test
    void moves_fill_it_to_its_limit_and_no_further() {
        List<Long> elsewhere = database.inTransaction(transaction -> {
            long standard = new Queues().get(transaction, "default", "default").id();
            long other = job(transaction, standard);
            List<Long> runs = new ArrayList<>();
            for (int i = 0; i < MOST; i++) {
                runs.add(door.enqueue(transaction, new NewRun(other, Cause.manual("ada"), Map.of())));
            }
            return runs;
        });
        fire(MOST - 2);
        Map<Long, Long> moved = database.inTransaction(transaction -> new Moving().move(transaction, elsewhere, queue));
        assertThat(moved).hasSize(2);
        assertThatThrownBy(() -> database.useTransaction(transaction -> QueueRoom.demandAny(transaction, queue)))
                .isInstanceOf(Conflict.class);
        assertThat(waiting()).isEqualTo(MOST);
    }

    private static long job(Transaction transaction, long queue) {
        return transaction
                .sql()
                .createQuery("""
                        INSERT INTO job (namespace, name, queue_id, definition)
                        VALUES ('default', :name, :queue, '{"task": {"type": "noop"}}') RETURNING id""")
                .bind("name", "j" + transaction.nextId())
                .bind("queue", queue)
                .mapTo(Long.class)
                .one();
    }

    private void ask() {
        database.useTransaction(this::ask);
    }

    private void ask(Transaction transaction) {
        door.enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of()));
    }

    private int[] fire(int instants) {
        Instant first = NOMINAL.plusSeconds(fired);
        fired += instants;
        return fire(first, instants);
    }

    private int[] fire(Instant first, int instants) {
        List<NominalFire> fires = new ArrayList<>();
        for (int i = 0; i < instants; i++) {
            fires.add(NominalFire.whole(timetable, first.plusSeconds(i)));
        }
        return database.inTransaction(transaction -> door.enqueueFires(transaction, fires));
    }

    /** Takes so many out of it, as if they had ended. */
    private void begin(int runs) {
        database.useTransaction(transaction -> transaction
                .sql()
                .createUpdate("DELETE FROM run WHERE id IN (SELECT id FROM run WHERE queue_id = :queue LIMIT :runs)")
                .bind("queue", queue)
                .bind("runs", runs)
                .execute());
    }

    private long first() {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT min(id) FROM run WHERE queue_id = :queue")
                .bind("queue", queue)
                .mapTo(Long.class)
                .one());
    }

    private long waiting() {
        return database.inTransaction(this::waiting);
    }

    private long waiting(Transaction transaction) {
        return transaction
                .sql()
                .createQuery("SELECT waiting_runs(:queue, 1000000)")
                .bind("queue", queue)
                .mapTo(Long.class)
                .one();
    }
}

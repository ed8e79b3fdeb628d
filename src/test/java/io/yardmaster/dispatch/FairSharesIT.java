package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.audit.Actor;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.job.Need;
import io.yardmaster.queue.Holding;
import io.yardmaster.queue.OrderPreview;
import io.yardmaster.queue.Queue;
import io.yardmaster.queue.QueueChanges;
import io.yardmaster.queue.QueueDraft;
import io.yardmaster.queue.QueueOrder;
import io.yardmaster.queue.Queues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues under FAIR, dispatched run by run on one slot. */
final class FairSharesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Queue.class);

    private static final Actor ADA = new Actor("ada", "127.0.0.1");
    private static final QueueOrder BY_JOB = new QueueOrder("FAIR", null, null, null, null, "JOB", null);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private final Map<Long, Long> had = new HashMap<>();

    private Yard yard;
    private Yard.Place place;
    private long queue;

    /** @param had what each share had been given, in seconds, when the run became ready */
    private record Waiting(long share, long lasts, long ahead, Map<Long, Long> had) {}

    @BeforeEach
    void open(Database database) {
        yard = new Yard(database);
        yard.clear();
        place = yard.place(1);
        queue = yard.queue(1, null);
        become(database, BY_JOB);
    }

    // R20
    @Test
    void no_share_is_given_more_before_a_run_than_the_bound_says() {
        long longest = 50;
        List<Long> shares = List.of(yard.noop(), yard.noop(), yard.noop(), yard.noop());
        for (int born = 0; born < 70; born++) {
            // now and then a burst, now and then a queue that runs empty
            int burst = random.nextInt(8) == 0 ? 8 : 1;
            long share = shares.get(random.nextInt(shares.size()));
            long lasts = 1L + random.nextInt((int) longest);
            long ahead = waiting.values().stream()
                    .filter(run -> run.share() == share)
                    .mapToLong(Waiting::lasts)
                    .sum();
            for (long run : born(share, burst, lasts)) {
                waiting.put(run, new Waiting(share, lasts, ahead, Map.copyOf(had)));
                ahead += lasts;
            }
            for (int turns = random.nextInt(4); turns > 0 && !waiting.isEmpty(); turns--) {
                check(next(), longest);
            }
        }
        while (!waiting.isEmpty()) {
            check(next(), longest);
        }
    }

    private void check(long next, long longest) {
        Waiting run = waiting.remove(next);
        had.forEach((share, seconds) -> assertThat(seconds - run.had().getOrDefault(share, 0L))
                .as("what share %d had before %s, seed %d", share, run, seed)
                .isLessThanOrEqualTo(share == run.share() ? run.ahead() : run.ahead() + longest + longest));
        had.merge(run.share(), run.lasts(), Long::sum);
    }

    // a burst of one holds up nobody else
    @Test
    void ten_thousand_runs_of_one_share_let_a_few_of_another_through() {
        born(yard.noop(), 10_000, 20);
        next();
        List<Long> few = new ArrayList<>(born(yard.noop(), 3, 20));
        for (int turns = 0; turns < 7; turns++) {
            few.remove(next());
        }
        assertThat(few).isEmpty();
        assertThat(yard.count("SELECT count(*) FROM run WHERE order_key > 1000000000000"))
                .isZero();
    }

    @Test
    void a_run_of_several_slots_takes_that_much_more_of_its_share() {
        yard.place(4);
        born(yard.needing(new Need(4, List.of(), List.of(), List.of())), 3, 10);
        assertThat(keys()).containsExactly(40_000_000L, 80_000_000L);
    }

    // what was cancelled or held would else be waited through by what is left of its share
    @Test
    void what_leaves_the_queue_leaves_no_gap(Database database) {
        List<Long> ours = born(yard.noop(), 40, 20);
        born(yard.noop(), 40, 20);
        next();
        long last = ours.get(39);
        database.useTransaction(
                transaction -> new Holding().hold(transaction, ours.subList(0, 39), ADA.name(), "later"));
        yard.change(
                "UPDATE queue_state SET tags_mended_at = tags_mended_at - interval '11 s' WHERE queue_id = :queue",
                Map.of("queue", queue));
        assertThat(List.of(next(), next(), next())).contains(last);
    }

    // position and forecast are told of runs that nobody can start now, too
    @Test
    void runs_have_their_places_though_no_slot_is_free_or_the_queue_is_paused() {
        born(yard.noop(), 2, 20);
        assertThat(keys()).containsExactly(20_000_000L);
        born(yard.noop(), 1, 20);
        assertThat(keys()).containsExactly(20_000_000L, 0L);
        yard.change("UPDATE queue SET paused_at = now() WHERE id = :queue", Map.of("queue", queue));
        born(yard.noop(), 1, 20);
        assertThat(keys()).containsExactly(20_000_000L, 0L, 0L);
    }

    @Test
    void a_switch_places_what_waits_as_its_preview_said(Database database) {
        become(database, QueueOrder.FCFS);
        for (int job = 0; job < 4; job++) {
            born(yard.noop(), 1 + random.nextInt(8), 1 + random.nextInt(50));
        }
        long waits = yard.count("SELECT count(*) FROM run");
        OrderPreview preview = database.inTransaction(transaction -> OrderPreview.of(transaction, queue, BY_JOB, 40));
        become(database, BY_JOB);
        List<Long> order = new ArrayList<>();
        while (order.size() < waits) {
            order.add(next());
        }
        assertThat(preview.after()).extracting(OrderPreview.Place::run).containsExactlyElementsOf(order);
        assertThat(preview.waiting()).isEqualTo(waits);
    }

    private void become(Database database, QueueOrder order) {
        database.useTransaction(transaction -> {
            Queue now = new Queues().locked(transaction, queue);
            QueueDraft of = now.draft();
            QueueDraft draft = new QueueDraft(
                    of.namespace(), of.name(), of.description(), order, of.balancer(), of.shadow(), of.limits());
            new QueueChanges().update(transaction, queue, now.version(), draft, ADA);
        });
    }

    /** As they come to wait by any door. */
    private List<Long> born(long job, int count, long lasts) {
        List<Long> runs = yard.runs(job, queue, count);
        yard.change("""
                UPDATE run r SET predicted_seconds = :lasts, order_key =
                    order_key(q.policy, q.order_factor, r.ready_at, r.priority, :lasts, r.deadline_at)
                FROM queue q WHERE q.id = r.queue_id AND r.job_id = :job AND r.id >= :first""", Map.of("lasts", (double) lasts, "job", job, "first", runs.get(0)));
        return runs;
    }

    private Long next() {
        yard.dispatchOnce();
        List<AcceptedRun> started = yard.acceptAll(place);
        yard.finish(started);
        assertThat(started).hasSize(1);
        return started.get(0).ref().run();
    }

    /** Of the runs that are ready after one more pass, by id. */
    private List<Long> keys() {
        yard.dispatchOnce();
        return POSTGRES.database()
                .inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("SELECT order_key FROM run WHERE state = 'QUEUED' ORDER BY id")
                        .mapTo(Long.class)
                        .list());
    }
}

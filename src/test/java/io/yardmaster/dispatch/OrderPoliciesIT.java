package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random arrivals under each policy, dispatched one by one: the order is the oracle's, and nobody is overtaken past the bound. */
final class OrderPoliciesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int RUNS = 60;
    private static final long UNPREDICTED = 60;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private Yard yard;

    /** A run that waits; times in seconds, {@code length} and {@code deadline} null where nobody said. */
    private record Waiting(long run, long ready, int priority, Long length, Long deadline) {
        long lasts() {
            return length == null ? UNPREDICTED : length;
        }
    }

    @BeforeEach
    void clear(Database database) {
        yard = new Yard(database);
        yard.clear();
    }

    // R20
    @Test
    void first_come_first_served_lets_nobody_overtake() {
        check("FCFS", "", Waiting::ready, (late, early) -> false);
    }

    @Test
    void round_robin_begins_as_first_come_first_served() {
        check("ROUND_ROBIN", "", Waiting::ready, (late, early) -> false);
    }

    @Test
    void shortest_first_lets_a_run_be_overtaken_only_within_slowdown_times_its_length() {
        check(
                "SJF",
                "slowdown = 4",
                run -> run.ready() + 4 * run.lasts(),
                (late, early) -> late.ready() - early.ready() <= 4 * early.lasts());
    }

    @Test
    void priority_overtakes_only_what_became_ready_within_its_ageing() {
        check(
                "PRIORITY",
                "ageing_seconds = 20",
                run -> run.ready() - 20L * run.priority(),
                (late, early) -> late.ready() - early.ready() <= 20L * (late.priority() - early.priority()));
    }

    @Test
    void strict_priority_overtakes_all_that_is_lower_and_nothing_else() {
        check(
                "PRIORITY",
                "ageing_seconds = NULL",
                run -> run.ready() - 100_000_000L * run.priority(),
                (late, early) -> late.priority() > early.priority());
    }

    @Test
    void only_the_earlier_deadline_overtakes() {
        ToLongFunction<Waiting> deadline = run -> run.deadline() == null ? run.ready() + 300 : run.deadline();
        check(
                "DEADLINE",
                "standard_deadline_seconds = 300",
                deadline,
                (late, early) -> deadline.applyAsLong(late) <= deadline.applyAsLong(early));
    }

    /** @param mayOvertake whether one that became ready later may be dispatched before one that became ready earlier */
    private void check(
            String policy, String rule, ToLongFunction<Waiting> key, BiPredicate<Waiting, Waiting> mayOvertake) {
        long queue = yard.queue(1, null);
        yard.change(
                "UPDATE queue SET policy = :policy" + (rule.isEmpty() ? "" : ", " + rule) + " WHERE id = :queue",
                Map.of("policy", policy, "queue", queue));
        List<Waiting> arrived = arrivals(queue);
        List<Long> order = dispatched();
        assertThat(order)
                .as("seed %d", seed)
                .isEqualTo(arrived.stream()
                        .sorted(Comparator.comparingLong(key).thenComparing(Waiting::run))
                        .map(Waiting::run)
                        .toList());
        for (Waiting late : arrived) {
            for (Waiting early : arrived) {
                boolean overtakes =
                        late.ready() > early.ready() && order.indexOf(late.run()) < order.indexOf(early.run());
                assertThat(!overtakes || mayOvertake.test(late, early))
                        .as("%s overtakes %s, seed %d", late, early, seed)
                        .isTrue();
            }
        }
    }

    /** All at once, by the function that every birth uses. Few values, so that many are equal. */
    private List<Waiting> arrivals(long queue) {
        List<Waiting> drawn = yard.runs(yard.noop(), queue, RUNS).stream()
                .map(run -> new Waiting(
                        run,
                        random.nextInt(400),
                        random.nextInt(11) - 5,
                        random.nextInt(4) == 0 ? null : (long) random.nextInt(120),
                        random.nextBoolean() ? null : (long) random.nextInt(900)))
                .toList();
        POSTGRES.database()
                .useTransaction(transaction -> transaction
                        .sql()
                        .createUpdate("""
                        UPDATE run r SET order_key = order_key(q.policy, q.order_factor, to_timestamp(a.ready), CAST(a.priority AS smallint),
                            a.length, to_timestamp(a.deadline))
                        FROM unnest(:runs, :readies, :priorities, :lengths, :deadlines)
                            AS a (run, ready, priority, length, deadline), queue q
                        WHERE r.id = a.run AND q.id = r.queue_id
                        """)
                        .bindArray(
                                "runs",
                                Long.class,
                                drawn.stream().map(Waiting::run).toList())
                        .bindArray(
                                "readies",
                                Long.class,
                                drawn.stream().map(Waiting::ready).toList())
                        .bindArray(
                                "priorities",
                                Integer.class,
                                drawn.stream().map(Waiting::priority).toList())
                        .bindArray("lengths", Long.class, listed(drawn, Waiting::length))
                        .bindArray("deadlines", Long.class, listed(drawn, Waiting::deadline))
                        .execute());
        return drawn;
    }

    private static <T> List<T> listed(List<Waiting> runs, java.util.function.Function<Waiting, T> part) {
        List<T> all = new ArrayList<>();
        runs.forEach(run -> all.add(part.apply(run)));
        return all;
    }

    private List<Long> dispatched() {
        Yard.Place place = yard.place(1);
        return IntStream.range(0, RUNS)
                .mapToObj(turn -> {
                    yard.dispatchOnce();
                    List<AcceptedRun> next = yard.acceptAll(place);
                    yard.finish(next);
                    assertThat(next).hasSize(1);
                    return next.get(0).ref().run();
                })
                .toList();
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.database.Transaction;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Holding;
import io.yardmaster.queue.Moving;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do to runs, against the dispatcher and the workers who do something to them at the same moment. */
final class OperatorsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private final Holding holding = new Holding();
    private final Moving moving = new Moving();
    private final AttemptEnds ends = new AttemptEnds(List.of());
    private Database database;
    private Yard yard;

    @BeforeEach
    void emptyYard(Database given) {
        database = given;
        yard = new Yard(given);
        yard.clear();
    }

    @Test
    void a_held_run_is_given_to_no_node_and_stands_behind_what_is_ready_at_its_release() {
        List<Long> runs = yard.runs(yard.noop(), null, 3);
        assertThat(hold(runs.get(0))).containsExactly(runs.get(0));
        assertThat(hold(runs.get(0))).isEmpty();
        Yard.Place place = yard.place(1);
        yard.dispatchOnce();
        yard.finish(yard.acceptAll(place));
        assertThat(yard.state(runs.get(0))).isEqualTo("HELD");
        assertThat(yard.count("SELECT count(*) FROM run WHERE held_by = 'ada' AND held_reason = 'month end'"))
                .isOne();
        assertThat(release(runs.get(0))).containsExactly(runs.get(0));
        yard.dispatchOnce();
        assertThat(yard.acceptAll(place))
                .singleElement()
                .satisfies(next -> assertThat(next.ref().run()).isEqualTo(runs.get(2)));
        assertThat(yard.state(runs.get(0))).isEqualTo("QUEUED");
        assertThat(yard.count(
                        "SELECT count(*) FROM run WHERE coalesce(held_by, held_reason, blocked_before) IS NOT NULL"))
                .isZero();
    }

    // R2: a hold does not make a run start before its instant
    @Test
    void a_run_that_waited_for_its_instant_waits_on_after_its_release() {
        List<Long> runs = yard.runs(yard.noop(), null, 2);
        blocked(runs.get(0), "'1 h'");
        blocked(runs.get(1), "'-1 s'");
        database.useTransaction(transaction -> {
            holding.hold(transaction, runs, "ada", "");
            holding.release(transaction, runs);
        });
        assertThat(yard.state(runs.get(0))).isEqualTo("BLOCKED");
        assertThat(yard.count("SELECT count(*) FROM run WHERE blocked_reason = 'START' AND wake_at > now()"))
                .isOne();
        assertThat(yard.state(runs.get(1))).isEqualTo("QUEUED");
    }

    // S16: whoever comes first has it, and the other changes nothing
    @Test
    void a_run_that_is_offered_while_it_is_held_or_moved_is_on_its_node_and_stays() {
        Yard.Place place = yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        assertThat(during(
                        offer(run, place),
                        transaction -> holding.hold(transaction, List.of(run), "ada", "")
                                .size()))
                .isZero();
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
        long other = yard.queue(1, null);
        long second = yard.runs(yard.noop(), null, 1).get(0);
        assertThat(during(
                        offer(second, place),
                        transaction ->
                                moving.move(transaction, List.of(second), other).size()))
                .isZero();
    }

    @Test
    void a_run_that_is_being_held_is_passed_over_by_the_dispatcher() {
        Yard.Place place = yard.place(1);
        List<Long> runs = yard.runs(yard.noop(), null, 2);
        database.useTransaction(transaction -> {
            holding.hold(transaction, List.of(runs.get(0)), "ada", "");
            CompletableFuture.runAsync(yard::dispatchOnce).join();
        });
        assertThat(yard.state(runs.get(0))).isEqualTo("HELD");
        assertThat(yard.acceptAll(place)).extracting(next -> next.ref().run()).containsExactly(runs.get(1));
    }

    @Test
    void a_run_that_is_moved_while_it_is_released_is_released_by_the_next_look() {
        long run = yard.runs(yard.noop(), null, 1).get(0);
        hold(run);
        long other = yard.queue(1, null);
        assertThat(during(
                        transaction -> moving.move(transaction, List.of(run), other),
                        transaction ->
                                holding.release(transaction, List.of(run)).size()))
                .isZero();
        assertThat(release(run)).containsExactly(run);
    }

    @Test
    void a_moved_run_is_served_by_its_new_queue_and_keeps_its_place_by_time() {
        yard.change("UPDATE queue SET paused_at = clock_timestamp() WHERE name = 'default'", Map.of());
        long run = yard.runs(yard.noop(), null, 1).get(0);
        long other = yard.queue(1, null);
        assertThat(move(run, other)).containsExactly(run);
        assertThat(move(run, other)).isEmpty();
        assertThat(
                        yard.count(
                                "SELECT count(*) FROM run WHERE order_key = order_key('FCFS', NULL, ready_at, 0::smallint, NULL, NULL)"))
                .isOne();
        Yard.Place place = yard.place(1);
        yard.dispatchOnce();
        assertThat(yard.acceptAll(place)).hasSize(1);
        yard.change("UPDATE queue SET paused_at = NULL WHERE name = 'default'", Map.of());
    }

    // R6, pain 7: its slot is free and its epoch burnt; pain 8: what is reported later is a note
    @Test
    void a_run_on_a_silent_node_is_closed_and_what_is_reported_later_is_a_note() {
        Yard.Place place = yard.place(1);
        long run = yard.startedOn(place, yard.noop());
        assertThatThrownBy(() -> close(run, RunState.UNKNOWN))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("30 s later");
        yard.silence(place.session(), -9);
        assertThat(close(run, RunState.FAILED)).isTrue();
        assertThat(close(run, RunState.FAILED)).isFalse();
        assertThat(yard.state(run)).isEqualTo("FAILED");
        database.useTransaction(transaction -> ends.end(transaction, List.of(succeeded(run))));
        assertThat(yard.state(run)).isEqualTo("FAILED");
        assertThat(yard.count("SELECT count(*) FROM run_note WHERE text LIKE '%came late%'"))
                .isOne();
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE epoch = 2 AND attempts @> '[{\"epoch\": 1}]'"))
                .isOne();
        yard.silence(place.session(), -19);
        yard.runs(yard.noop(), null, 1);
        yard.dispatchOnce();
        assertThat(yard.acceptAll(place)).hasSize(1);
    }

    @Test
    void a_run_that_does_not_end_though_it_was_asked_to_long_ago_is_closed_as_its_operator_says() {
        Yard.Place place = yard.place(1);
        long run = yard.startedOn(place, yard.noop());
        cancelled(run, 29);
        assertThatThrownBy(() -> close(run, RunState.UNKNOWN)).isInstanceOf(Conflict.class);
        cancelled(run, 31);
        assertThat(close(run, RunState.UNKNOWN)).isTrue();
        assertThat(yard.state(run)).isEqualTo("UNKNOWN");
    }

    // R8
    @Test
    void of_a_report_and_a_closing_at_the_same_moment_the_first_counts() {
        Yard.Place place = yard.place(2);
        long reported = yard.startedOn(place, yard.noop());
        long closed = yard.startedOn(place, yard.noop());
        yard.silence(place.session(), -9);
        assertThat(during(
                        transaction -> ends.end(transaction, List.of(succeeded(reported))),
                        transaction -> close(transaction, reported, RunState.UNKNOWN) ? 1 : 0))
                .isZero();
        assertThat(yard.state(reported)).isEqualTo("SUCCEEDED");
        assertThat(during(
                        transaction -> close(transaction, closed, RunState.UNKNOWN),
                        transaction -> ends.end(transaction, List.of(succeeded(closed)))
                                .size()))
                .isZero();
        assertThat(yard.state(closed)).isEqualTo("UNKNOWN");
    }

    /** How many runs {@code second} changes, which begins while {@code first} is not committed and waits for it. */
    private int during(Consumer<Transaction> first, ToIntFunction<Transaction> second) {
        CompletableFuture<Integer> result = database.inTransaction(transaction -> {
            first.accept(transaction);
            CompletableFuture<Integer> asked =
                    CompletableFuture.supplyAsync(() -> database.inTransaction(second::applyAsInt));
            await().until(() -> transaction
                    .sql()
                    .createQuery("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                    .mapTo(Boolean.class)
                    .one());
            return asked;
        });
        return result.join();
    }

    private static Consumer<Transaction> offer(long run, Yard.Place place) {
        return transaction -> transaction
                .sql()
                .createUpdate("""
                        UPDATE run SET state = 'ASSIGNED', generation = NULL, epoch = epoch + 1, session_id = :session, node_id = :node,
                            offered_at = clock_timestamp() WHERE id = :run""")
                .bind("session", place.session())
                .bind("node", place.node())
                .bind("run", run)
                .execute();
    }

    private void blocked(long run, String in) {
        yard.change("""
                UPDATE run SET state = 'BLOCKED', generation = NULL, blocked_reason = 'START', ready_at = NULL,
                    wake_at = clock_timestamp() + interval %s WHERE id = :id""".formatted(in), Map.of("id", run));
    }

    private void cancelled(long run, int secondsAgo) {
        yard.change("""
                UPDATE run SET cancel_requested_by = 'ada',
                    cancel_requested_at = clock_timestamp() - :seconds * interval '1 s' WHERE id = :id""", Map.of("id", run, "seconds", secondsAgo));
    }

    private static AttemptEnd succeeded(long run) {
        return new AttemptEnd(run, 1, RunState.SUCCEEDED, 0, null, null, null, Instant.now());
    }

    private List<Long> hold(long run) {
        return database.inTransaction(transaction -> holding.hold(transaction, List.of(run), "ada", "month end"));
    }

    private List<Long> release(long run) {
        return database.inTransaction(transaction -> holding.release(transaction, List.of(run)));
    }

    private Set<Long> move(long run, long queue) {
        return database.inTransaction(
                transaction -> moving.move(transaction, List.of(run), queue).keySet());
    }

    private boolean close(long run, RunState state) {
        return database.inTransaction(transaction -> close(transaction, run, state));
    }

    private boolean close(Transaction transaction, long run, RunState state) {
        return yard.dispatching().forceClose().close(transaction, run, state, "ada", "the host burnt down");
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.News.Kind;
import io.yardmaster.dispatch.PauseAnswers.Outcome;
import io.yardmaster.dispatch.PauseAnswers.PauseAnswer;
import io.yardmaster.node.Node;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.run.RunState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slices of time, with a clock that the test moves by setting rows back, and a node that obeys at once. */
final class SlicingIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    private static final int QUANTUM = 2;

    private Database database;
    private Yard yard;
    private Yard.Place place;
    private long queue;
    private long script;

    @BeforeEach
    void clear(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
        queue = yard.queue(1, null);
        yard.change(
                "UPDATE queue SET policy = 'ROUND_ROBIN', quantum_seconds = :q WHERE id = :id",
                Map.of("q", QUANTUM, "id", queue));
        script = yard.job("{\"task\": {\"type\": \"shell\", \"script\": \"true\"}}");
    }

    // the table of any textbook: slots are given to the run that has waited longest since its last slice
    @Test
    void eight_runs_on_two_slots_take_turns_as_in_the_textbook() {
        place = yard.place(2);
        List<Long> runs = yard.runs(script, queue, 8);
        Map<Long, Integer> left = new HashMap<>();
        Deque<Long> waiting = new ArrayDeque<>(runs);
        runs.forEach(run -> left.put(run, 2 + (int) (run % 3)));
        while (!left.isEmpty()) {
            List<Long> expected = new ArrayList<>(List.of(waiting.poll()));
            if (!waiting.isEmpty()) {
                expected.add(waiting.poll());
            }
            settle();
            assertThat(running()).containsExactlyInAnyOrderElementsOf(expected);
            pass(QUANTUM);
            for (long run : expected) {
                if (left.merge(run, -1, Integer::sum) == 0) {
                    end(run);
                    left.remove(run);
                } else {
                    waiting.add(run);
                }
            }
            yard.dispatcher().endSlices();
            obey(expected);
        }
        assertThat(yard.count("SELECT count(*) FROM run")).isZero();
    }

    @Test
    void a_slice_ends_only_while_others_wait_and_what_cannot_pause_runs_on() {
        place = yard.place(1);
        long alone = started(script);
        pass(100);
        yard.dispatcher().endSlices();
        assertThat(news()).isEmpty();
        yard.runs(script, queue, 1);
        yard.change("UPDATE queue SET paused_at = clock_timestamp() WHERE id = :id", Map.of("id", queue));
        yard.dispatcher().endSlices();
        assertThat(news()).isEmpty();
        yard.change("UPDATE queue SET paused_at = NULL WHERE id = :id", Map.of("id", queue));
        yard.dispatcher().endSlices();
        yard.dispatcher().endSlices();
        assertThat(news()).containsExactly(new News(place.session(), new RunEpoch(alone, 1), Kind.PAUSE, 1));
        place = yard.place(1);
        started(yard.noop());
        pass(100);
        yard.dispatcher().endSlices();
        assertThat(news()).isEmpty();
    }

    // what came meanwhile waits until those that were there before have had their slice
    @Test
    void arrivals_never_keep_a_paused_run_from_its_turn() {
        place = yard.place(1);
        long first = started(script);
        long second = yard.runs(script, queue, 1).get(0);
        pauseAfterSlice(List.of(first));
        assertThat(running()).containsExactly(second);
        List<Long> later = yard.runs(script, queue, 3);
        yard.change(
                "UPDATE run SET order_key = order_key + 4000000000000000 WHERE id >= :id", Map.of("id", later.get(0)));
        pauseAfterSlice(List.of(second));
        assertThat(running()).containsExactly(first);
    }

    // R21
    @Test
    void on_a_draining_node_what_is_there_takes_turns_and_nothing_comes() {
        place = yard.place(1);
        long first = started(script);
        long second = yard.runs(script, queue, 1).get(0);
        pauseAfterSlice(List.of(first));
        long third = yard.runs(script, queue, 1).get(0);
        yard.change("UPDATE node SET state = 'DRAINING' WHERE id = :id", Map.of("id", place.node()));
        pauseAfterSlice(List.of(second));
        assertThat(running()).containsExactly(first);
        end(first);
        settle();
        assertThat(running()).containsExactly(second);
        end(second);
        settle();
        assertThat(yard.state(third)).isEqualTo("QUEUED");
    }

    // the queue's own limit is what they wait for, though the node has slots enough
    @Test
    void runs_of_a_limited_queue_take_turns_too() {
        place = yard.place(4);
        yard.change("UPDATE queue SET max_running = 1 WHERE id = :id", Map.of("id", queue));
        long first = started(script);
        List<Long> others = yard.runs(script, queue, 2);
        pauseAfterSlice(List.of(first));
        assertThat(running()).containsExactly(others.get(0));
        pauseAfterSlice(List.of(others.get(0)));
        assertThat(running()).containsExactly(others.get(1));
        pauseAfterSlice(List.of(others.get(1)));
        assertThat(running()).containsExactly(first);
    }

    // R22: what is ready may not take, one by one, the slots that a paused run waits for
    @Test
    void a_paused_run_of_several_slots_has_them_in_the_end() {
        place = yard.place(2);
        yard.change("UPDATE run SET slots = 2 WHERE id = :id", Map.of("id", started(script)));
        long wide = running().get(0);
        List<Long> small = yard.runs(script, queue, 9);
        pass(QUANTUM);
        yard.dispatcher().endSlices();
        obey(List.of(wide));
        settle();
        assertThat(running()).containsExactlyElementsOf(small.subList(0, 2));
        yard.change(
                "UPDATE run SET order_key = 1, paused_at = paused_at - interval '31 s' WHERE id = :id",
                Map.of("id", wide));
        end(small.get(0));
        settle();
        assertThat(running()).containsExactly(small.get(1));
        pauseAfterSlice(List.of(small.get(1)));
        assertThat(running()).containsExactly(wide);
    }

    @Test
    void who_pauses_when_its_queue_has_another_policy_by_then_keeps_its_place() {
        place = yard.place(1);
        long run = started(script);
        yard.runs(script, queue, 1);
        pass(QUANTUM);
        yard.dispatcher().endSlices();
        yard.change("UPDATE queue SET policy = 'FCFS', quantum_seconds = NULL WHERE id = :id", Map.of("id", queue));
        String key = "SELECT order_key FROM run WHERE id = " + run;
        long before = yard.count(key);
        obey(List.of(run));
        assertThat(yard.state(run)).isEqualTo("PAUSED");
        assertThat(yard.count(key)).isEqualTo(before);
        settle();
        assertThat(running()).containsExactly(run);
    }

    private long started(long job) {
        long run = yard.runs(job, queue, 1).get(0);
        settle();
        return run;
    }

    /** Those that ran for a whole slice while others waited are paused, and the slots given out anew. */
    private void pauseAfterSlice(List<Long> expected) {
        pass(QUANTUM);
        yard.dispatcher().endSlices();
        obey(expected);
        settle();
    }

    /** Offers, accepts and lets go on all there is room for. */
    private void settle() {
        yard.dispatchOnce();
        yard.acceptAll(place);
        for (News one : news()) {
            if (one.kind() == Kind.RESUME) {
                answer(one, Outcome.RESUMED);
            }
        }
    }

    /** The node stops those of {@code expected} that it was asked to, in that order. */
    private void obey(List<Long> expected) {
        for (long run : expected) {
            news().stream()
                    .filter(one -> one.kind() == Kind.PAUSE && one.ref().run() == run)
                    .forEach(one -> answer(one, Outcome.PAUSED));
        }
        assertThat(news()).extracting(News::kind).doesNotContain(Kind.PAUSE);
    }

    private void answer(News news, Outcome outcome) {
        PauseAnswer said = new PauseAnswer(news.ref(), news.sequence(), outcome, 1000);
        database.inTransaction(transaction -> PauseAnswers.take(transaction, place.node(), List.of(said)));
    }

    /** So many seconds pass for what runs. */
    private void pass(int seconds) {
        yard.change("""
                UPDATE run SET started_at = started_at - :s * interval '1 s',
                    slice_began_at = slice_began_at - :s * interval '1 s' WHERE state = 'RUNNING'
                """, Map.of("s", seconds));
    }

    private List<Long> running() {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT id FROM run WHERE state = 'RUNNING' AND session_id = :session")
                .bind("session", place.session())
                .mapTo(Long.class)
                .list());
    }

    private List<News> news() {
        return database.inTransaction(transaction -> News.pending(transaction, List.of(place.session())));
    }

    private void end(long run) {
        AttemptEnd end = new AttemptEnd(run, 1, RunState.SUCCEEDED, 0, null, null, null, Instant.now());
        database.inTransaction(transaction -> new AttemptEnds(List.of()).end(transaction, List.of(end)));
    }
}

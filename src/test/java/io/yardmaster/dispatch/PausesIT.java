package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.News.Kind;
import io.yardmaster.dispatch.PauseAnswers.Outcome;
import io.yardmaster.dispatch.PauseAnswers.PauseAnswer;
import io.yardmaster.node.Node;
import io.yardmaster.queue.AttemptEnd;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.Cancellation;
import io.yardmaster.queue.Holding;
import io.yardmaster.run.Run;
import io.yardmaster.run.RunState;
import io.yardmaster.run.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pauses do to runs and slots, told by nodes in every order. */
final class PausesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with(Node.class);

    private static final String SCRIPT = "{\"task\": {\"type\": \"shell\", \"script\": \"true\"}%s}";

    private Database database;
    private Yard yard;
    private Yard.Place place;
    private long script;

    @BeforeEach
    void clear(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
        place = yard.place(1);
        script = yard.job(SCRIPT.formatted(""));
    }

    @Test
    void a_paused_run_keeps_its_session_and_gives_its_slot_away() {
        long run = paused();
        assertThat(yard.state(run)).isEqualTo("PAUSED");
        long other = yard.startedOn(place, script);
        resume(run);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("PAUSED");
        end(other);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        assertThat(news()).containsExactly(new News(place.session(), new RunEpoch(run, 1), Kind.RESUME, 2));
        long waiting = yard.runs(script, null, 1).get(0);
        yard.dispatchOnce();
        assertThat(yard.state(waiting)).isEqualTo("QUEUED");
        answer(run, 2, Outcome.RESUMED, 1_500);
        assertThat(news()).isEmpty();
    }

    // a run that became ready before it goes first
    @Test
    void who_goes_on_contests_the_slot_by_its_key() {
        long run = paused();
        long earlier = yard.runs(script, null, 1).get(0);
        yard.change("UPDATE run SET order_key = 5 WHERE id = :id", Map.of("id", run));
        yard.change("UPDATE run SET order_key = 4 WHERE id = :id", Map.of("id", earlier));
        resume(run);
        yard.dispatchOnce();
        assertThat(yard.state(earlier)).isEqualTo("ASSIGNED");
        assertThat(yard.state(run)).isEqualTo("PAUSED");
        end(yard.acceptAll(place).get(0).ref().run());
        long later = yard.runs(script, null, 1).get(0);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        assertThat(yard.state(later)).isEqualTo("QUEUED");
    }

    @Test
    void what_was_paused_by_hand_resumes_by_hand_only() {
        long run = paused();
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("PAUSED");
        assertThat(pause(run)).isEqualTo(HandPauses.Outcome.ALREADY);
        resume(run);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
    }

    @Test
    void told_twice_lost_late_or_of_another_nothing_changes() {
        long run = yard.startedOn(place, script);
        backdate(run);
        pause(run);
        assertThat(pause(run)).isEqualTo(HandPauses.Outcome.ALREADY);
        assertThat(answer(run, 2, Outcome.PAUSED, 10)).isZero();
        // nobody asked for this: if it counted, the next pause would be told as its end
        assertThat(answer(run, 1, Outcome.RESUMED, 10)).isZero();
        assertThat(answer(run, 1, Outcome.PAUSED, 10)).isEqualTo(1);
        assertThat(answer(run, 1, Outcome.PAUSED, 99)).isZero();
        assertThat(run(run).pausing().ran().toMillis()).isEqualTo(10);
        resume(run);
        yard.dispatchOnce();
        // the answer to the pause comes again, late
        assertThat(answer(run, 1, Outcome.PAUSED, 10)).isZero();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        assertThat(answer(new Yard.Place(place.node() + 1, 0), run, 2, Outcome.RESUMED))
                .isZero();
        assertThat(news()).extracting(News::kind).containsExactly(Kind.RESUME);
        assertThat(answer(run, 2, Outcome.PAUSED, 10)).isZero();
        // it cannot have run for less than before
        assertThat(answer(run, 2, Outcome.RESUMED, 3)).isEqualTo(1);
        assertThat(run(run).pausing().ran().toMillis()).isEqualTo(10);
    }

    // the pause was asked for and taken back before its node knew
    @Test
    void a_pause_that_was_taken_back_does_not_happen() {
        long run = yard.startedOn(place, script);
        pause(run);
        resume(run);
        assertThat(answer(run, 1, Outcome.PAUSED, 10)).isZero();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        assertThat(news()).extracting(News::kind, News::sequence).containsExactly(tuple(Kind.RESUME, 2));
        answer(run, 2, Outcome.RESUMED, 20);
        assertThat(news()).isEmpty();
    }

    @Test
    void what_cannot_be_stopped_runs_on_and_says_so() {
        long run = yard.startedOn(place, script);
        pause(run);
        answer(run, 1, Outcome.REFUSED, 700);
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        assertThat(news()).isEmpty();
        assertThat(yard.count("SELECT count(*) FROM run_note WHERE text LIKE '%as ada had asked%'"))
                .isEqualTo(1);
        pause(run);
        assertThat(answer(run, 3, Outcome.PAUSED, 900)).isEqualTo(1);
    }

    // an end that was under way when the pause was asked for
    @Test
    void a_run_may_end_while_its_pause_is_asked_for_or_done() {
        long asked = yard.startedOn(place, script);
        pause(asked);
        end(asked);
        assertThat(answer(asked, 1, Outcome.PAUSED, 10)).isZero();
        assertThat(yard.state(asked)).isEqualTo("SUCCEEDED");
        long done = paused();
        end(done);
        assertThat(yard.state(done)).isEqualTo("SUCCEEDED");
        assertThatThrownBy(() -> pause(done)).isInstanceOf(Conflict.class);
    }

    @Test
    void a_paused_run_can_be_cancelled_and_what_is_to_end_cannot_be_paused() {
        long run = paused();
        database.inTransaction(transaction -> new Cancellation().request(transaction, run, "ada"));
        assertThat(news()).extracting(News::kind).containsExactly(Kind.CANCEL);
        resume(run);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("PAUSED");
        end(run);
        assertThat(yard.state(run)).isEqualTo("CANCELLED");
        long other = yard.startedOn(place, script);
        pause(other);
        database.inTransaction(transaction -> new Cancellation().request(transaction, other, "ada"));
        assertThat(news()).extracting(News::kind).containsExactly(Kind.CANCEL);
        assertThatThrownBy(() -> pause(other)).hasMessageContaining("is about to end");
    }

    // R8: at least once goes again when somebody says so, from its beginning and never paused; at most once nobody
    // knows
    @Test
    void the_loss_of_its_node_ends_a_paused_attempt() {
        long again = paused();
        Yard.Place second = yard.place(1);
        long unknown = pausedAt(second, yard.job(SCRIPT.formatted(", \"delivery\": \"AT_MOST_ONCE\"")));
        yard.silence(place.session(), 3);
        yard.silence(second.session(), 3);
        yard.takeBackOnce();
        assertThat(yard.state(again)).isEqualTo("HELD");
        assertThat(yard.state(unknown)).isEqualTo("UNKNOWN");
        assertThat(run(again).attempts())
                .singleElement()
                .satisfies(lost -> assertThat(lost.ranSeconds()).isEqualTo(0.001));
        Yard.Place third = yard.place(1);
        yard.dispatchOnce();
        assertThat(yard.state(again)).isEqualTo("HELD");
        database.inTransaction(transaction -> new Holding().release(transaction, List.of(again)));
        yard.dispatchOnce();
        yard.acceptAll(third);
        assertThat(yard.state(again)).isEqualTo("RUNNING");
        assertThat(run(again).pausing()).isNull();
    }

    @Test
    void what_was_paused_by_hand_and_lost_waits_for_its_retry_only_when_it_is_released() {
        String rule =
                "{\"count\": 1, \"delay\": 60, \"backoff\": 1, \"maxDelay\": 60, \"jitter\": 0, \"on\": [\"LOST\"]}";
        long run = pausedAt(place, yard.job(SCRIPT.formatted(", \"rules\": {\"retry\": " + rule + "}")));
        yard.silence(place.session(), 3);
        yard.takeBackOnce();
        assertThat(yard.state(run)).isEqualTo("HELD");
        assertThat(yard.count("SELECT count(*) FROM run WHERE held_by = 'ada' AND blocked_before = 'RETRY'"))
                .isEqualTo(1);
        database.inTransaction(transaction -> new Holding().release(transaction, List.of(run)));
        assertThat(yard.state(run)).isEqualTo("BLOCKED");
    }

    @Test
    void only_running_time_counts() {
        long run = paused();
        assertThat(run(run).ran(Instant.now()).toMillis()).isEqualTo(1);
        AttemptEnd end = new AttemptEnd(
                run, 1, RunState.FAILED, 1, null, null, null, Instant.now().plusSeconds(10), 2.5);
        database.inTransaction(transaction -> new AttemptEnds(List.of()).end(transaction, List.of(end)));
        assertThat(run(run).ran(Instant.now()).toMillis()).isEqualTo(2_500);
        assertThat(run(run).attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.ranSeconds()).isEqualTo(2.5);
            assertThat(attempt.pauses()).isEqualTo(1);
        });
        assertThat(yard.count("SELECT sum(run_seconds * 10) FROM run_minute WHERE queue_id = "
                        + "(SELECT queue_id FROM run_history WHERE id = " + run + ")"))
                .isEqualTo(25);
    }

    @Test
    void what_cannot_be_paused_says_why() {
        long noop = yard.startedOn(place, yard.noop());
        assertThatThrownBy(() -> pause(noop)).hasMessageContaining("only scripts can be paused");
        end(noop);
        for (int paused = 0; paused < 4; paused++) {
            paused();
        }
        long tooMany = yard.startedOn(place, script);
        assertThatThrownBy(() -> pause(tooMany)).hasMessageContaining("as many paused runs as it may have");
        long queued = yard.runs(script, null, 1).get(0);
        assertThatThrownBy(() -> pause(queued)).hasMessageContaining("this one is QUEUED");
        assertThatThrownBy(() -> resume(queued)).hasMessageContaining("this one is QUEUED");
    }

    // R21: it is empty only when what it has paused is done
    @Test
    void a_draining_node_lets_its_paused_runs_go_on() {
        long run = paused();
        yard.change("UPDATE node SET state = 'DRAINING' WHERE id = :id", Map.of("id", place.node()));
        yard.runs(script, null, 1);
        resume(run);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'QUEUED'"))
                .isEqualTo(1);
    }

    // those on nodes go on
    @Test
    void a_paused_queue_lets_its_paused_runs_go_on_and_gives_out_no_other() {
        long run = paused();
        long waiting = yard.runs(script, null, 1).get(0);
        yard.change(
                "UPDATE queue SET paused_at = clock_timestamp() WHERE name = 'default' AND :x = :x", Map.of("x", 1));
        yard.change("UPDATE node SET slots = 2 WHERE id = :id", Map.of("id", place.node()));
        yard.change("UPDATE node_session SET slots = 2 WHERE id = :id", Map.of("id", place.session()));
        resume(run);
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        assertThat(yard.state(waiting)).isEqualTo("QUEUED");
        yard.change("UPDATE queue SET paused_at = NULL WHERE name = 'default' AND :x = :x", Map.of("x", 1));
    }

    // R22: its node was given fewer slots meanwhile than it takes, and no other can have it
    @Test
    void a_paused_run_of_more_slots_than_its_node_has_goes_on_when_it_is_alone_there() {
        yard.change("UPDATE node SET slots = 4", Map.of());
        yard.change("UPDATE node_session SET slots = 4", Map.of());
        long wide = paused();
        yard.change("UPDATE run SET slots = 4 WHERE id = :id", Map.of("id", wide));
        long other = yard.startedOn(place, script);
        yard.change("UPDATE node SET slots = 2 WHERE id = :id", Map.of("id", place.node()));
        resume(wide);
        yard.dispatchOnce();
        assertThat(yard.state(wide)).isEqualTo("PAUSED");
        end(other);
        yard.dispatchOnce();
        assertThat(yard.state(wide)).isEqualTo("RUNNING");
    }

    /** A run that was paused by hand when it had run for a millisecond. */
    private long paused() {
        return pausedAt(place, script);
    }

    private long pausedAt(Yard.Place at, long job) {
        long run = yard.startedOn(at, job);
        backdate(run);
        pause(run);
        assertThat(answer(at, run, 1, Outcome.PAUSED)).isEqualTo(1);
        return run;
    }

    /** What it tells of its running time is believed within the time since its start. */
    private void backdate(long run) {
        yard.change("UPDATE run SET started_at = started_at - interval '1 hour' WHERE id = :id", Map.of("id", run));
    }

    private HandPauses.Outcome pause(long run) {
        return database.inTransaction(transaction -> HandPauses.pause(transaction, run, "ada"));
    }

    private HandPauses.Outcome resume(long run) {
        return database.inTransaction(transaction -> HandPauses.resume(transaction, run));
    }

    private int answer(long run, int sequence, Outcome outcome, long ranMillis) {
        return answer(place, new PauseAnswer(new RunEpoch(run, 1), sequence, outcome, ranMillis));
    }

    private int answer(Yard.Place at, long run, int sequence, Outcome outcome) {
        return answer(at, new PauseAnswer(new RunEpoch(run, 1), sequence, outcome, 1));
    }

    private int answer(Yard.Place at, PauseAnswer said) {
        return database.inTransaction(transaction -> PauseAnswers.take(transaction, at.node(), List.of(said)));
    }

    private void end(long run) {
        AttemptEnd end = new AttemptEnd(run, 1, RunState.SUCCEEDED, 0, null, null, null, Instant.now());
        database.inTransaction(transaction -> new AttemptEnds(List.of()).end(transaction, List.of(end)));
    }

    private List<News> news() {
        return database.inTransaction(transaction -> News.pending(transaction, List.of(place.session())));
    }

    private Run run(long id) {
        return database.inTransaction(
                transaction -> new Runs().find(transaction, id).orElseThrow());
    }
}

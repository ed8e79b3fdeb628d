package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Obstacle.Kind;
import io.yardmaster.job.Need;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// pain 13, 30: each waiting run says why
final class WhyWaitingIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private Database database;
    private Yard yard;

    @BeforeEach
    void emptyYard(Database given) {
        database = given;
        yard = new Yard(given);
        yard.clear();
        yard.change("UPDATE queue SET paused_at = NULL, max_running = NULL", Map.of());
    }

    @Test
    void without_a_node_it_waits_for_one_and_nobody_knows_when() {
        Waiting waiting = why(ready(1).get(0));
        assertThat(waiting.obstacles()).extracting(Obstacle::kind).containsExactly(Kind.NO_NODE);
        assertThat(waiting.predictedStart()).isNull();
    }

    @Test
    void with_a_free_slot_nothing_is_in_its_way_and_it_starts_now() {
        yard.place(1);
        Waiting waiting = why(ready(1).get(0));
        assertThat(waiting.obstacles()).extracting(Obstacle::kind).containsExactly(Kind.NOTHING);
        assertThat(waiting.predictedStart()).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
    }

    @Test
    void it_starts_when_what_runs_and_what_goes_first_is_over() {
        Yard.Place place = yard.place(2);
        List<Long> running = ready(2);
        yard.dispatchOnce();
        yard.acceptAll(place);
        yard.change("UPDATE run SET predicted_seconds = 100", Map.of());
        yard.change("UPDATE run SET predicted_seconds = 30 WHERE id = :id", Map.of("id", running.get(0)));
        List<Long> waiting = ready(3);
        yard.change("UPDATE run SET predicted_seconds = 40 WHERE state = 'QUEUED'", Map.of());
        Waiting last = why(waiting.get(2));
        assertThat(last.ahead()).isEqualTo(2);
        assertThat(last.obstacles()).extracting(Obstacle::kind).containsExactly(Kind.NO_SLOT, Kind.BEHIND);
        assertThat(last.obstacles().get(0).said().english()).isEqualTo("No slot is free: 2 of 2 are in use.");
        // 30 s, then two of 40 s in that slot, while the other is in use for 100 s
        assertThat(last.predictedStart()).isCloseTo(Instant.now().plusSeconds(100), within(2, ChronoUnit.SECONDS));
        assertThat(why(waiting.get(1)).predictedStart())
                .isCloseTo(Instant.now().plusSeconds(70), within(2, ChronoUnit.SECONDS));
        yard.change("UPDATE run SET predicted_seconds = NULL WHERE id = :id", Map.of("id", waiting.get(0)));
        assertThat(why(waiting.get(1)).predictedStart())
                .isCloseTo(Instant.now().plusSeconds(100), within(2, ChronoUnit.SECONDS));
        yard.change("UPDATE run SET predicted_seconds = NULL WHERE state = 'RUNNING'", Map.of());
        assertThat(why(waiting.get(1)).predictedStart()).isNull();
    }

    @Test
    void what_waits_for_a_lock_says_for_which_behind_whom_and_until_when() {
        LockedJobs jobs = new LockedJobs(database, yard);
        long mutex = jobs.mutex();
        long job = jobs.job(mutex);
        String lock = "default/"
                + database.inTransaction(transaction -> transaction
                        .sql()
                        .createQuery("SELECT name FROM lock WHERE id = " + mutex)
                        .mapTo(String.class)
                        .one());
        Yard.Place place = yard.place(3);
        long holder = jobs.run(job);
        yard.dispatchOnce();
        yard.acceptAll(place);
        List<Long> waiting = jobs.runs(job, null, 2);
        yard.dispatchOnce();
        yard.change("UPDATE run SET predicted_seconds = 100", Map.of());
        assertThat(why(waiting.get(0)).obstacles().get(0).said().english())
                .isEqualTo(
                        "Lock " + lock + " is held by run " + holder + "; runs that wait for it before this one: 0.");
        assertThat(why(waiting.get(0)).predictedStart())
                .isCloseTo(Instant.now().plusSeconds(100), within(2, ChronoUnit.SECONDS));
        assertThat(why(waiting.get(1)).obstacles().get(0).said().english())
                .isEqualTo(
                        "Lock " + lock + " is held by run " + holder + "; runs that wait for it before this one: 1.");
        assertThat(why(waiting.get(1)).predictedStart())
                .isCloseTo(Instant.now().plusSeconds(200), within(2, ChronoUnit.SECONDS));
        jobs.end(holder);
        assertThat(why(waiting.get(1)).obstacles().get(0).said().english())
                .isEqualTo("Lock " + lock + " is kept for runs that wait for it before this one: 1.");
    }

    @Test
    void a_paused_or_full_queue_says_so() {
        yard.place(3);
        ready(1);
        yard.change("UPDATE queue SET max_running = 1 WHERE name = 'default'", Map.of());
        yard.dispatchOnce();
        long run = ready(1).get(0);
        assertThat(why(run).obstacles())
                .singleElement()
                .satisfies(full -> assertThat(full.said().english())
                        .isEqualTo("1 runs of its queue are on nodes, of 1 that may be."));
        yard.change(
                "UPDATE queue SET paused_at = clock_timestamp(), max_running = NULL WHERE name = 'default'", Map.of());
        Waiting paused = why(run);
        assertThat(paused.obstacles()).extracting(Obstacle::kind).containsExactly(Kind.QUEUE_PAUSED);
        assertThat(paused.obstacles().get(0).at()).isNotNull();
        assertThat(paused.predictedStart()).isNull();
    }

    @Test
    void a_blocked_run_says_until_when_and_one_that_runs_says_nothing() {
        Yard.Place place = yard.place(1);
        long running = yard.startedOn(place, yard.noop());
        Optional<Waiting> none = database.inTransaction(
                transaction -> yard.dispatching().whyWaiting().of(transaction, running));
        assertThat(none).isEmpty();
        long blocked = ready(1).get(0);
        yard.change("""
                UPDATE run SET state = 'BLOCKED', generation = NULL, blocked_reason = 'START', wake_at = '2098-01-01T00:00:00Z'
                WHERE id = :id""", Map.of("id", blocked));
        Waiting waiting = why(blocked);
        assertThat(waiting.ahead()).isNull();
        assertThat(waiting.obstacles()).extracting(Obstacle::kind).containsExactly(Kind.START);
        assertThat(waiting.predictedStart()).isEqualTo("2098-01-01T00:00:00Z");
        yard.change("UPDATE run SET blocked_reason = 'the tide' WHERE id = :id", Map.of("id", blocked));
        assertThat(why(blocked).obstacles().get(0).said().english()).isEqualTo("Blocked: the tide");
    }

    // R22, pain 30: a slot that is free and is not for it
    @Test
    void where_all_free_slots_are_kept_for_a_wide_run_of_another_queue_it_says_so() {
        Yard.Place place = yard.place(2);
        long first = yard.startedOn(place, yard.noop());
        long pair = yard.runs(yard.needing(new Need(2, null, null, null)), yard.queue(1, null), 1)
                .get(0);
        yard.change("UPDATE run SET ready_at = ready_at - interval '31 s' WHERE id = :id", Map.of("id", pair));
        long single = ready(1).get(0);
        yard.dispatchOnce();
        assertThat(yard.state(single)).isEqualTo("QUEUED");
        Waiting waiting = why(single);
        assertThat(waiting.obstacles())
                .singleElement()
                .satisfies(kept -> assertThat(kept.said().english())
                        .isEqualTo("What is free is kept for a run of several slots of another queue."));
        assertThat(waiting.predictedStart()).isNull();
        assertThat(why(pair).obstacles()).extracting(Obstacle::kind).containsExactly(Kind.NO_ROOM);
        yard.place(1);
        assertThat(why(single).obstacles()).extracting(Obstacle::kind).containsExactly(Kind.NOTHING);
        yard.change("DELETE FROM run WHERE id = :id", Map.of("id", first));
    }

    // R19: however long the queue, as much is read as is counted
    @Test
    void of_a_very_long_queue_only_the_part_that_is_counted_is_read() {
        yard.place(1);
        List<Long> runs = ready(10_003);
        assertThat(why(runs.get(10_000)).ahead()).isEqualTo(10_000);
        Waiting last = why(runs.get(10_002));
        assertThat(last.ahead()).isEqualTo(Waiting.MOST_AHEAD + 1);
        assertThat(last.obstacles()).extracting(Obstacle::kind).containsExactly(Kind.BEHIND_MANY);
        assertThat(last.predictedStart()).isNull();
    }

    private List<Long> ready(int count) {
        return yard.runs(yard.noop(), null, count);
    }

    private Waiting why(long run) {
        return database.inTransaction(transaction ->
                yard.dispatching().whyWaiting().of(transaction, run).orElseThrow());
    }
}

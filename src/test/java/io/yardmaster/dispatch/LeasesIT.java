package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LeasesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private Database database;
    private Yard yard;

    @BeforeEach
    void emptyYard(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
    }

    // R8, R10: after the lease the offer is worth nothing
    @Test
    void acceptance_on_a_lost_session_is_refused() {
        Yard.Place place = yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        yard.silence(place.session(), 3);
        yard.takeBack().once();
        assertThat(accept(place, new RunEpoch(run, 1))).isEmpty();
        assertThat(yard.state(run)).isEqualTo("QUEUED");
    }

    // R10: the lease is over though nobody has said so yet; what starts now could outlive it
    @Test
    void acceptance_after_the_end_of_the_lease_starts_nothing() {
        Yard.Place place = yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        yard.silence(place.session(), 1);
        assertThat(accept(place, new RunEpoch(run, 1))).hasValue(List.of());
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
    }

    @Test
    void a_lost_session_never_revives() {
        Yard.Place place = yard.place(1);
        yard.silence(place.session(), 3);
        yard.takeBack().once();
        assertThat(yard.beat(place, List.of())).isEmpty();
        assertThat(yard.sessionState(place.session())).isEqualTo("LOST");
    }

    @Test
    void a_heartbeat_extends_the_lease_only_of_its_own_node() {
        Yard.Place place = yard.place(1);
        Yard.Place other = yard.place(1);
        yard.silence(place.session(), 1);
        assertThat(yard.beat(new Yard.Place(other.node(), place.session()), List.of()))
                .isEmpty();
        assertThat(yard.beat(place, List.of())).hasValue(List.of());
        assertThat(yard.count("SELECT count(*) FROM node_session"
                        + " WHERE lease_until > clock_timestamp() + interval '19 s'"))
                .isEqualTo(2);
    }

    // R4: the answer was lost on the way, and the worker asks again
    @Test
    void a_repeated_acceptance_gets_the_same_answer() {
        Yard.Place place = yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        RunEpoch ref = new RunEpoch(run, 1);
        Optional<List<AcceptedRun>> first = accept(place, ref);
        assertThat(first).hasValueSatisfying(runs -> assertThat(runs).hasSize(1));
        assertThat(accept(place, ref)).isEqualTo(first);
        assertThat(yard.count("SELECT attempt FROM run")).isEqualTo(1);
    }

    // R8: neither another epoch nor another node's offer
    @Test
    void acceptance_of_what_was_not_offered_starts_nothing() {
        Yard.Place place = yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        Yard.Place other = yard.place(1);
        assertThat(accept(other, new RunEpoch(run, 1))).hasValue(List.of());
        assertThat(accept(place, new RunEpoch(run, 2))).hasValue(List.of());
        assertThat(accept(place, new RunEpoch(run, 0))).hasValue(List.of());
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
    }

    // pain 30: the operator took slots away after the offer
    @Test
    void acceptance_stops_at_the_slots() {
        Yard.Place place = yard.place(3);
        yard.runs(yard.noop(), null, 3);
        yard.dispatcher().pass();
        yard.change("UPDATE node SET slots = 2", Map.of());
        assertThat(yard.acceptAll(place)).hasSize(2);
        assertThat(yard.acceptAll(place)).isEmpty();
    }

    @Test
    void what_a_worker_holds_and_does_not_own_it_must_kill() {
        Yard.Place place = yard.place(2);
        List<Long> runs = yard.runs(yard.noop(), null, 2);
        yard.dispatcher().pass();
        RunEpoch good = new RunEpoch(runs.get(0), 1);
        RunEpoch old = new RunEpoch(runs.get(1), 0);
        RunEpoch unknown = new RunEpoch(42, 1);
        assertThat(yard.beat(place, List.of(good, old, unknown))).hasValue(List.of(old, unknown));
    }

    // pain 2, R22: the answer to its acceptance was lost for good
    @Test
    void a_run_that_its_worker_does_not_have_is_taken_back_after_half_a_lease() {
        Yard.Place place = yard.place(2);
        long run = yard.startedOn(place, yard.noop());
        lackingBeats(place, 6);
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        stepClockForward();
        lackingBeats(place, 1);
        assertThat(yard.state(run)).isEqualTo("QUEUED");
        assertThat(yard.dispatching().counts().get(DispatchCount.NOT_HELD)).isEqualTo(1);
    }

    // R4, R10: a heartbeat from before its acceptance was overtaken by it, and the clock leaps
    @Test
    void a_step_of_the_clock_takes_no_run_from_its_worker() {
        Yard.Place place = yard.place(2);
        long run = yard.startedOn(place, yard.noop());
        lackingBeats(place, 1);
        stepClockForward();
        lackingBeats(place, 3);
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        yard.beat(place, List.of(new RunEpoch(run, 1)));
        lackingBeats(place, 4);
        stepClockForward();
        yard.beat(place, List.of(new RunEpoch(run, 1)));
        lackingBeats(place, 1);
        assertThat(yard.state(run)).isEqualTo("RUNNING");
    }

    private void lackingBeats(Yard.Place place, int count) {
        for (int sent = 0; sent < count; sent++) {
            assertThat(yard.beat(place, List.of())).hasValue(List.of());
        }
    }

    /** As far as lacking runs are concerned. */
    private void stepClockForward() {
        yard.change("""
                UPDATE node_session SET not_held = (
                    SELECT jsonb_object_agg(run, jsonb_set(lack, '{since}', '1')) FROM jsonb_each(not_held) n (run, lack))
                """, Map.of());
    }

    private Optional<List<AcceptedRun>> accept(Yard.Place place, RunEpoch... refs) {
        return database.inTransaction(transaction ->
                yard.dispatching().acceptance().accept(transaction, place.session(), place.node(), List.of(refs)));
    }

    // R8: what is counted from a mark on is what is there
    @Test
    void slots_in_use_are_those_of_what_is_live_wherever_the_marks_stand() {
        Random random = new Random(4);
        Yard.Place place = yard.place(40);
        List<AcceptedRun> running = new ArrayList<>();
        for (int step = 0; step < 80; step++) {
            switch (random.nextInt(4)) {
                case 0 -> yard.runs(yard.noop(), null, random.nextInt(12));
                case 1 -> running = new ArrayList<>(yard.acceptAll(place));
                case 2 -> yard.finish(running.subList(0, random.nextInt(running.size() + 1)));
                default -> {
                    yard.change("UPDATE node_session SET offers_since = offers_since - interval '6 s'", Map.of());
                    yard.beat(place, List.of());
                    // as if the clock had been set back since
                    String ahead = "clock_timestamp() + interval '1 h'";
                    yard.change(
                            "UPDATE node_session SET offers_since = %s"
                                    .formatted(random.nextBoolean() ? ahead : "offers_since"),
                            Map.of());
                }
            }
            yard.dispatchOnce();
            assertThat(yard.busy(place))
                    .as("after step %d", step)
                    .isEqualTo(yard.count("SELECT count(*) FROM run WHERE session_id IS NOT NULL"));
        }
    }
}

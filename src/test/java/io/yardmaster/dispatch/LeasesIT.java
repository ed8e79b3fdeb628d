package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.node.NodeSession;
import io.yardmaster.node.NodeSessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LeasesIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final NodeSession.Machine MACHINE =
            new NodeSession.Machine("boot", "host", "127.0.0.1", "1", "PID_NAMESPACE");
    private static final NodeSession.Machine OTHER_BOOT =
            new NodeSession.Machine("other", "host", "127.0.0.1", "1", "PID_NAMESPACE");

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
        assertThat(beat(place, List.of())).isEmpty();
        assertThat(yard.sessionState(place.session())).isEqualTo("LOST");
    }

    @Test
    void a_heartbeat_extends_the_lease_only_of_its_own_node() {
        Yard.Place place = yard.place(1);
        Yard.Place other = yard.place(1);
        yard.silence(place.session(), 1);
        assertThat(beat(new Yard.Place(other.node(), place.session()), List.of()))
                .isEmpty();
        assertThat(beat(place, List.of())).hasValue(List.of());
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
        assertThat(beat(place, List.of(good, old, unknown))).hasValue(List.of(old, unknown));
    }

    // pain 2, R22: the answer to its acceptance was lost for good
    @Test
    void a_run_that_its_worker_does_not_have_is_taken_back_after_half_a_lease() {
        Yard.Place place = yard.place(2);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        RunEpoch ref = yard.acceptAll(place).get(0).ref();
        beat(place, List.of());
        yard.change("UPDATE node_session SET not_held = jsonb_build_object(:key, 1)", Map.of("key", run + ":1"));
        beat(place, List.of(ref));
        beat(place, List.of());
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        yard.change("UPDATE node_session SET not_held = jsonb_build_object(:key, 1)", Map.of("key", run + ":1"));
        beat(place, List.of());
        assertThat(yard.state(run)).isEqualTo("QUEUED");
        assertThat(yard.dispatching().counts().get(DispatchCount.NOT_HELD)).isEqualTo(1);
    }

    // F13: two workers with one identity
    @Test
    void a_second_process_waits_while_the_first_is_live() {
        Yard.Place place = yard.place(1);
        assertThatThrownBy(() -> register(place.node(), MACHINE, null, List.of()))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("live session from host host");
        assertThatThrownBy(() -> register(place.node(), OTHER_BOOT, place.session(), List.of()))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> register(place.node(), MACHINE, place.session() + 1, List.of()))
                .isInstanceOf(Conflict.class);
        assertThat(yard.sessionState(place.session())).isEqualTo("LIVE");
    }

    // pain 2: fast restart on the same machine
    @Test
    void a_successor_ends_the_session_before_it_and_its_runs_are_free_at_once() {
        Yard.Place place = yard.place(3);
        List<Long> runs = yard.runs(yard.noop(), null, 3);
        yard.dispatcher().pass();
        accept(place, new RunEpoch(runs.get(0), 1));
        accept(place, new RunEpoch(runs.get(1), 1));
        RunEpoch reported = new RunEpoch(runs.get(0), 1);
        long session = register(place.node(), MACHINE, place.session(), List.of(reported));
        assertThat(yard.sessionState(place.session())).isEqualTo("ENDED");
        assertThat(yard.state(runs.get(2))).isEqualTo("QUEUED");
        yard.takeBack().once();
        assertThat(yard.state(runs.get(1))).isEqualTo("QUEUED");
        assertThat(yard.state(runs.get(0))).isEqualTo("RUNNING");
        assertThat(beat(new Yard.Place(place.node(), session), List.of(reported)))
                .hasValue(List.of());
    }

    @Test
    void a_worker_that_takes_leave_frees_its_offers_at_once() {
        Yard.Place place = yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        for (int repeat = 0; repeat < 2; repeat++) {
            database.useTransaction(
                    transaction -> yard.dispatching().leases().end(transaction, place.session(), place.node()));
            assertThat(yard.state(run)).isEqualTo("QUEUED");
            assertThat(yard.sessionState(place.session())).isEqualTo("ENDED");
        }
    }

    private Optional<List<AcceptedRun>> accept(Yard.Place place, RunEpoch... refs) {
        return database.inTransaction(transaction ->
                yard.dispatching().acceptance().accept(transaction, place.session(), place.node(), List.of(refs)));
    }

    private Optional<List<RunEpoch>> beat(Yard.Place place, List<RunEpoch> held) {
        return database.inTransaction(transaction -> yard.dispatching()
                .leases()
                .beat(transaction, place.session(), place.node(), new NodeSessions.Beat(false, 0, "{}"), held));
    }

    private long register(long node, NodeSession.Machine machine, Long ends, List<RunEpoch> ended) {
        return database.inTransaction(transaction ->
                yard.dispatching().leases().register(transaction, new Newcomer(node, 2, machine, 0, ends, ended)));
    }
}

package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yardmaster.database.Conflict;
import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.node.NodeSession;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How sessions begin and take leave. */
final class RegistrationIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final NodeSession.Machine MACHINE =
            new NodeSession.Machine("boot", "host", "127.0.0.1", "1", "PID_NAMESPACE", List.of("gpu"));
    private static final NodeSession.Machine OTHER_BOOT =
            new NodeSession.Machine("other", "host", "127.0.0.1", "1", "PID_NAMESPACE", List.of("gpu"));

    private Database database;
    private Yard yard;

    @BeforeEach
    void emptyYard(Database given) {
        database = given;
        yard = new Yard(database);
        yard.clear();
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
        accept(place, new RunEpoch(runs.get(0), 1), new RunEpoch(runs.get(1), 1));
        RunEpoch reported = new RunEpoch(runs.get(0), 1);
        long session = register(place.node(), MACHINE, place.session(), List.of(reported));
        assertThat(yard.sessionState(place.session())).isEqualTo("ENDED");
        assertThat(yard.count("SELECT count(*) FROM node_session WHERE labels = '{gpu}' AND id = " + session))
                .isEqualTo(1);
        assertThat(yard.state(runs.get(2))).isEqualTo("QUEUED");
        yard.takeBack().once();
        assertThat(yard.state(runs.get(1))).isEqualTo("QUEUED");
        assertThat(yard.state(runs.get(0))).isEqualTo("RUNNING");
        assertThat(yard.beat(new Yard.Place(place.node(), session), List.of(reported)))
                .hasValue(List.of());
    }

    // R4, pain 2: the answer was lost on the way, and the worker asks again
    @Test
    void a_repeated_registration_gets_the_same_session() {
        Yard.Place place = yard.place(2);
        long run = yard.startedOn(place, yard.noop());
        Newcomer.Past past = new Newcomer.Past(place.session(), List.of(new RunEpoch(run, 1)));
        UUID registration = UUID.randomUUID();
        long session = register(place.node(), registration, MACHINE, past);
        yard.silence(session, 1);
        assertThat(register(place.node(), registration, MACHINE, past)).isEqualTo(session);
        yard.takeBack().once();
        assertThat(yard.sessionState(session)).isEqualTo("LIVE");
        assertThat(yard.beat(new Yard.Place(place.node(), session), past.ended()))
                .hasValue(List.of());
        assertThat(yard.state(run)).isEqualTo("RUNNING");
    }

    // R8: it was offered before the mark of the session that has it now
    @Test
    void what_is_passed_on_late_counts_in_its_new_session() {
        Yard.Place place = yard.place(2);
        RunEpoch run = new RunEpoch(yard.startedOn(place, yard.noop()), 1);
        UUID registration = UUID.randomUUID();
        long session = register(place.node(), registration, MACHINE, new Newcomer.Past(place.session(), List.of()));
        yard.beat(new Yard.Place(place.node(), session), List.of());
        register(place.node(), registration, MACHINE, new Newcomer.Past(place.session(), List.of(run)));
        assertThat(yard.busy(new Yard.Place(place.node(), session))).isEqualTo(1);
    }

    // F13: only who asked gets it, and only while it lasts
    @Test
    void a_registration_is_worth_nothing_to_others_or_after_its_session() {
        long node = yard.node(2);
        Newcomer.Past none = new Newcomer.Past(null, List.of());
        UUID registration = UUID.randomUUID();
        long session = register(node, registration, MACHINE, none);
        assertThatThrownBy(() -> register(node, UUID.randomUUID(), MACHINE, none))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> register(node, null, MACHINE, none)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> register(node, registration, OTHER_BOOT, none)).isInstanceOf(Conflict.class);
        assertThat(register(yard.node(2), registration, MACHINE, none)).isNotEqualTo(session);
        yard.silence(session, 3);
        yard.takeBack().once();
        assertThat(register(node, registration, MACHINE, none)).isNotEqualTo(session);
        assertThat(yard.sessionState(session)).isEqualTo("LOST");
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

    private void accept(Yard.Place place, RunEpoch... refs) {
        database.inTransaction(transaction ->
                yard.dispatching().acceptance().accept(transaction, place.session(), place.node(), List.of(refs)));
    }

    private long register(long node, NodeSession.Machine machine, Long ends, List<RunEpoch> ended) {
        return register(node, UUID.randomUUID(), machine, new Newcomer.Past(ends, ended));
    }

    private long register(long node, UUID registration, NodeSession.Machine machine, Newcomer.Past past) {
        return database.inTransaction(transaction -> yard.dispatching()
                .leases()
                .register(transaction, new Newcomer(node, registration, 2, machine, 0, past)));
    }
}

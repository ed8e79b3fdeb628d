package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.RunQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TakeBackIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private Yard yard;

    @BeforeEach
    void emptyYard(Database database) {
        yard = new Yard(database);
        yard.clear();
    }

    // R6, R9: at least once; the attempt is recorded and the next offer has a larger epoch
    @Test
    void runs_of_a_lost_node_wait_again_and_their_attempt_is_recorded() {
        Yard.Place place = yard.place(2);
        long run = started(place, yard.noop());
        yard.silence(place.session(), 2.5);
        yard.takeBack().once();
        assertThat(yard.sessionState(place.session())).isEqualTo("LOST");
        assertThat(yard.state(run)).isEqualTo("QUEUED");
        assertThat(yard.count("SELECT count(*) FROM run WHERE attempts @> '[{\"epoch\": 1, \"outcome\": \"LOST\"}]'"))
                .isEqualTo(1);
        Yard.Place next = yard.place(1);
        yard.dispatcher().pass();
        assertThat(yard.acceptAll(next)).singleElement().satisfies(again -> {
            assertThat(again.ref()).isEqualTo(new RunEpoch(run, 2));
            assertThat(again.attempt()).isEqualTo(2);
        });
    }

    // R9: the only server left beats the pulse before it is stale, however short the lease
    @Test
    void a_node_is_lost_under_a_short_lease_too(Database database) {
        Yard.Place place = yard.place(1);
        yard.silence(place.session(), -2);
        LeaseTimes shortLease = LeaseTimes.of(Duration.ofSeconds(6), Duration.ofMillis(600));
        try (Dispatching alone =
                new Dispatching(database, new RunQueue(), new AttemptEnds(List.of()), shortLease, "depot:2")) {
            alone.start();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> yard.sessionState(place.session()).equals("LOST"));
        }
    }

    // R5: at most once; what had started is never repeated, what had not is
    @Test
    void at_most_once_ends_unknown_if_it_had_started_and_waits_again_if_not() {
        Yard.Place place = yard.place(2);
        long job = yard.noopAtMostOnce();
        long begun = started(place, job);
        long offered = yard.runs(job, null, 1).get(0);
        yard.dispatcher().pass();
        yard.silence(place.session(), 2.5);
        yard.takeBack().once();
        assertThat(yard.state(begun)).isEqualTo("UNKNOWN");
        assertThat(yard.state(offered)).isEqualTo("QUEUED");
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE message LIKE '%is not known%'"))
                .isEqualTo(1);
    }

    // R16
    @Test
    void a_run_that_was_to_be_cancelled_is_not_repeated() {
        Yard.Place place = yard.place(1);
        long run = started(place, yard.noop());
        yard.change(
                "UPDATE run SET cancel_requested_at = now(), cancel_requested_by = 'ada' WHERE id = :id",
                Map.of("id", run));
        yard.silence(place.session(), 2.5);
        yard.takeBack().once();
        assertThat(yard.state(run)).isEqualTo("CANCELLED");
    }

    // R9: within lease + grace a node is not lost
    @Test
    void a_late_heartbeat_within_the_grace_costs_nothing() {
        Yard.Place place = yard.place(1);
        long run = started(place, yard.noop());
        yard.silence(place.session(), 1.5);
        yard.takeBack().once();
        assertThat(yard.sessionState(place.session())).isEqualTo("LIVE");
        assertThat(yard.state(run)).isEqualTo("RUNNING");
    }

    // R12: the database was away, so nobody could be heard
    @Test
    void after_a_stall_of_the_database_nobody_is_lost_before_a_whole_lease() {
        Yard.Place place = yard.place(1);
        started(place, yard.noop());
        yard.silence(place.session(), 600);
        yard.change("UPDATE pulse SET beaten_at = clock_timestamp() - interval '600 s'", Map.of());
        yard.takeBack().once();
        assertThat(yard.sessionState(place.session())).isEqualTo("LIVE");
        assertThat(yard.count("SELECT count(*) FROM pulse WHERE grace_until > clock_timestamp() + interval '18 s'"))
                .isEqualTo(1);
        yard.change("UPDATE pulse SET grace_until = clock_timestamp()", Map.of());
        yard.takeBack().once();
        assertThat(yard.sessionState(place.session())).isEqualTo("LOST");
    }

    // R9, R11: the database's clock is set back by an hour
    @Test
    void a_clock_set_back_lengthens_no_lease() {
        Yard.Place place = yard.place(1);
        yard.silence(place.session(), -3600);
        yard.change(
                "UPDATE pulse SET beaten_at = clock_timestamp() + interval '1 h',"
                        + " grace_until = clock_timestamp() + interval '1 h'",
                Map.of());
        yard.takeBack().once();
        assertThat(yard.count("SELECT count(*) FROM node_session"
                        + " WHERE lease_until < clock_timestamp() + interval '21 s'"))
                .isEqualTo(1);
        assertThat(yard.count("SELECT count(*) FROM pulse WHERE grace_until < clock_timestamp() + interval '21 s'"
                        + " AND beaten_at <= clock_timestamp()"))
                .isEqualTo(1);
    }

    // pain 13: no attempt is used up, and whoever slept gets nothing before it is heard of
    @Test
    void an_offer_that_nobody_accepts_goes_to_another_node() {
        Yard.Place asleep = yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        yard.change("UPDATE run SET offered_at = offered_at - interval '6 s'", Map.of());
        yard.takeBack().once();
        assertThat(yard.state(run)).isEqualTo("QUEUED");
        assertThat(yard.dispatcher().pass().offered()).isZero();
        Yard.Place awake = yard.place(1);
        yard.dispatcher().pass();
        assertThat(yard.acceptAll(asleep)).isEmpty();
        assertThat(yard.acceptAll(awake)).singleElement().satisfies(accepted -> {
            assertThat(accepted.ref()).isEqualTo(new RunEpoch(run, 2));
            assertThat(accepted.attempt()).isEqualTo(1);
        });
    }

    @Test
    void a_fresh_offer_stands() {
        yard.place(1);
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatcher().pass();
        yard.takeBack().once();
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
    }

    // R22: more than one batch, all taken in one turn
    @Test
    void a_node_with_many_runs_is_cleared_in_one_turn() {
        Yard.Place place = yard.place(1200);
        yard.runs(yard.noop(), null, 1200);
        while (yard.dispatcher().pass().offered() > 0) {
            yard.acceptAll(place);
        }
        yard.silence(place.session(), 2.5);
        yard.takeBack().once();
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'QUEUED'"))
                .isEqualTo(1200);
        assertThat(yard.count("SELECT count(*) FROM node_session WHERE taken_back_at IS NOT NULL"))
                .isEqualTo(1);
    }

    // R22: what a turn forgot is found, and counted
    @Test
    void the_sweep_finds_runs_that_were_left_on_a_settled_session() {
        Yard.Place place = yard.place(1);
        long run = started(place, yard.noop());
        yard.change("UPDATE node_session SET state = 'LOST', ended_at = now(), taken_back_at = now()", Map.of());
        yard.takeBack().once();
        assertThat(yard.state(run)).isEqualTo("RUNNING");
        yard.takeBack().sweep();
        yard.takeBack().once();
        assertThat(yard.state(run)).isEqualTo("QUEUED");
        assertThat(yard.dispatching().counts().get(DispatchCount.LOST_WAKE_UPS)).isEqualTo(1);
    }

    private long started(Yard.Place place, long job) {
        List<Long> runs = yard.runs(job, null, 1);
        yard.dispatcher().pass();
        assertThat(yard.acceptAll(place)).hasSize(1);
        return runs.get(0);
    }
}

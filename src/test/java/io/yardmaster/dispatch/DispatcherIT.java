package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.node.NodeList;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DispatcherIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private Yard yard;

    @BeforeEach
    void emptyYard(Database database) {
        yard = new Yard(database);
        yard.clear();
    }

    // R4, pain 30: two servers, each on its own, with nodes that take and finish all the while
    @Test
    void two_dispatchers_give_no_run_twice_and_exceed_no_slots(Database database) throws Exception {
        long other = yard.queue(3, null);
        List<Yard.Place> places =
                IntStream.range(0, 6).mapToObj(i -> yard.place(3)).toList();
        yard.runs(yard.noop(), null, 150);
        yard.runs(yard.noop(), other, 150);
        ExecutorService servers = Executors.newFixedThreadPool(3);
        try {
            Yard second = new Yard(database);
            Future<?> one = servers.submit(() -> dispatchUntilDone(yard));
            Future<?> two = servers.submit(() -> dispatchUntilDone(second));
            Future<Long> worst = servers.submit(() -> workUntilDone(places));
            one.get();
            two.get();
            assertThat(worst.get()).isBetween(1L, 3L);
        } finally {
            servers.shutdownNow();
        }
        assertThat(yard.count("SELECT count(*) FROM run")).isZero();
        assertThat(yard.count("SELECT count(*) FROM run_history WHERE epoch = 1 AND attempt = 1"))
                .isEqualTo(300);
    }

    private void dispatchUntilDone(Yard server) {
        while (yard.count("SELECT count(*) FROM run") > 0) {
            server.dispatcher().pass();
        }
    }

    /** Accepts and finishes; returns the most runs that ever were on one session. */
    private long workUntilDone(List<Yard.Place> places) {
        long most = 0;
        while (yard.count("SELECT count(*) FROM run") > 0) {
            most = Math.max(most, yard.count("""
                    SELECT coalesce(max(n), 0) FROM (
                        SELECT count(*) AS n FROM run WHERE session_id IS NOT NULL GROUP BY session_id) c"""));
            for (Yard.Place place : places) {
                yard.finish(yard.acceptAll(place));
            }
        }
        return most;
    }

    @Test
    void ready_runs_go_out_in_the_order_of_their_keys() {
        yard.place(2);
        List<Long> runs = yard.runs(yard.noop(), null, 4);
        yard.change("UPDATE run SET order_key = -1 WHERE id = :id", Map.of("id", runs.get(3)));
        yard.dispatcher().pass();
        assertThat(yard.state(runs.get(3))).isEqualTo("ASSIGNED");
        assertThat(yard.state(runs.get(0))).isEqualTo("ASSIGNED");
        assertThat(yard.state(runs.get(1))).isEqualTo("QUEUED");
    }

    @Test
    void a_paused_queue_keeps_its_runs() {
        yard.place(5);
        long queue = yard.queue(1, null);
        yard.change("UPDATE queue SET paused_at = clock_timestamp() WHERE id = :id", Map.of("id", queue));
        long run = yard.runs(yard.noop(), queue, 1).get(0);
        assertThat(yard.dispatcher().pass().offered()).isZero();
        assertThat(yard.state(run)).isEqualTo("QUEUED");
    }

    @Test
    void a_queue_never_has_more_on_nodes_than_its_limit() {
        yard.place(5);
        long queue = yard.queue(1, 2);
        yard.runs(yard.noop(), queue, 4);
        assertThat(yard.dispatcher().pass().offered()).isEqualTo(2);
        assertThat(yard.dispatcher().pass().offered()).isZero();
    }

    // pain 13
    @Test
    void nothing_is_offered_to_a_node_that_is_leaving_silent_revoked_or_out_of_service() {
        for (String change : List.of(
                "UPDATE node_session SET draining = true WHERE id = :session",
                "UPDATE node_session SET lapsed_at = clock_timestamp() WHERE id = :session",
                "UPDATE node_session SET lease_until = clock_timestamp() + interval '9 s' WHERE id = :session",
                "UPDATE node_session SET state = 'ENDED', ended_at = clock_timestamp() WHERE id = :session",
                "UPDATE node SET state = 'DRAINING' WHERE id = (SELECT node_id FROM node_session WHERE id = :session)",
                "UPDATE node SET state = 'MAINTENANCE' WHERE id = (SELECT node_id FROM node_session WHERE id = :session)",
                "UPDATE node SET revoked_at = now() WHERE id = (SELECT node_id FROM node_session WHERE id = :session)")) {
            yard.change(change, Map.of("session", yard.place(1).session()));
        }
        yard.runs(yard.noop(), null, 1);
        assertThat(yard.dispatcher().pass().offered()).isZero();
        yard.place(1);
        assertThat(yard.dispatcher().pass().offered()).isEqualTo(1);
    }

    // pain 13
    @Test
    void what_was_offered_to_a_node_that_is_taken_out_of_service_is_not_accepted_and_goes_elsewhere_at_once() {
        for (String change : List.of(
                "UPDATE node SET state = 'MAINTENANCE' WHERE id = :id",
                "UPDATE node SET state = 'DRAINING' WHERE id = :id",
                "UPDATE node SET revoked_at = now() WHERE id = :id")) {
            yard.clear();
            Yard.Place place = yard.place(1);
            long run = yard.runs(yard.noop(), null, 1).get(0);
            yard.dispatchOnce();
            yard.change(change, Map.of("id", place.node()));
            assertThat(yard.acceptAll(place)).isEmpty();
            yard.takeBackOnce();
            assertThat(yard.state(run)).isEqualTo("QUEUED");
            yard.place(1);
            yard.dispatchOnce();
            assertThat(yard.state(run)).isEqualTo("ASSIGNED");
            assertThat(yard.count("SELECT attempt FROM run")).isZero();
        }
    }

    @Test
    void above_a_threshold_a_node_gets_nothing_until_a_heartbeat_tells_of_less() {
        Yard.Place place = yard.place(1);
        yard.change("UPDATE node SET max_cpu = 80, max_memory = 90, min_disk_free = 1000", Map.of());
        long run = yard.runs(yard.noop(), null, 1).get(0);
        for (String load : List.of(
                "{\"cpu\": 0.81}",
                "{\"memoryUsed\": 91, \"memoryTotal\": 100}",
                "{\"diskFree\": 999, \"diskTotal\": 10000}")) {
            load(place, load);
            yard.dispatchOnce();
            assertThat(yard.state(run)).as(load).isEqualTo("QUEUED");
        }
        load(
                place,
                "{\"cpu\": 0.8, \"memoryUsed\": 90, \"memoryTotal\": 100, \"diskFree\": 1000, \"diskTotal\": 10000}");
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
    }

    private void load(Yard.Place place, String load) {
        yard.change(
                "UPDATE node_session SET load = CAST(:load AS jsonb) WHERE id = :id",
                Map.of("load", load, "id", place.session()));
    }

    @Test
    void a_node_that_warms_up_is_filled_little_by_little() {
        Yard.Place place = yard.place(10);
        yard.change("UPDATE node SET warm_up_seconds = 1000", Map.of());
        yard.runs(yard.noop(), null, 20);
        assertThat(yard.dispatcher().pass().offered()).isEqualTo(1);
        begunAgo(place, 350);
        assertThat(yard.dispatcher().pass().offered()).isEqualTo(2);
        begunAgo(place, 2000);
        assertThat(yard.dispatcher().pass().offered()).isEqualTo(7);
    }

    @Test
    void a_node_that_drains_says_when_it_will_be_empty_if_somebody_can_know(Database database) {
        Yard.Place place = yard.place(3);
        yard.runs(yard.noop(), null, 2);
        yard.dispatchOnce();
        yard.acceptAll(place);
        yard.change("UPDATE node SET state = 'DRAINING'", Map.of());
        assertThat(emptyBy(database, place)).isNull();
        yard.change("UPDATE run SET predicted_seconds = 100", Map.of());
        assertThat(emptyBy(database, place)).isCloseTo(Instant.now().plusSeconds(100), within(5, ChronoUnit.SECONDS));
        yard.change("UPDATE run SET predicted_seconds = 0.001", Map.of());
        assertThat(emptyBy(database, place)).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
        yard.change("UPDATE node SET state = 'ACTIVE'", Map.of());
        assertThat(emptyBy(database, place)).isNull();
    }

    private static Instant emptyBy(Database database, Yard.Place place) {
        return database.inTransaction(transaction ->
                new NodeList().find(transaction, place.node()).orElseThrow().emptyBy());
    }

    private void begunAgo(Yard.Place place, int seconds) {
        yard.change(
                "UPDATE node_session SET started_at = clock_timestamp() - :ago * interval '1 s' WHERE id = :id",
                Map.of("ago", seconds, "id", place.session()));
    }

    // pain 30: a long queue does not keep a short one from its share
    @Test
    void a_heavy_queue_leaves_the_light_one_its_share() {
        yard.place(8);
        long heavy = yard.queue(3, null);
        long light = yard.queue(1, null);
        yard.runs(yard.noop(), heavy, 100);
        yard.runs(yard.noop(), light, 100);
        yard.dispatcher().pass();
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'ASSIGNED' AND queue_id = " + heavy))
                .isEqualTo(6);
        assertThat(yard.count("SELECT count(*) FROM run WHERE state = 'ASSIGNED' AND queue_id = " + light))
                .isEqualTo(2);
    }

    @Test
    void slots_are_the_lesser_of_what_the_node_may_and_the_worker_can() {
        long node = yard.node(2);
        yard.session(node, 7);
        yard.runs(yard.noop(), null, 5);
        assertThat(yard.dispatcher().pass().offered()).isEqualTo(2);
    }
}

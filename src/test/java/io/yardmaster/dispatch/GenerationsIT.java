package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PinnedSnapshot;
import io.yardmaster.database.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Looks at the head of a queue stay short beside an old snapshot, and no ready run is ever out of their sight. */
final class GenerationsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final String OPEN = "SELECT cardinality(open) FROM ready_generations";
    private static final String NEWEST = "SELECT open[cardinality(open)] FROM ready_generations";

    private Yard yard;
    private Yard.Place place;
    private Generations generations;

    @BeforeEach
    void prepare(Database database) {
        yard = new Yard(database);
        yard.clear();
        place = yard.place(10_000);
        generations = new Generations(database);
        keepOne();
        yard.change("UPDATE ready_generations SET ids_at = pg_sequence_last_value('id_sequence')", Map.of());
    }

    // R20: a backup, or somebody's forgotten transaction, still sees all of it
    @Test
    void what_was_given_out_beside_an_open_snapshot_does_not_slow_looks_for_what_is_ready(Database database)
            throws SQLException {
        long queue = yard.count("SELECT id FROM queue WHERE name = 'default'");
        String needs = "SELECT count(*) FROM waiting_needs(%d)".formatted(queue);
        String heads = ReadyRuns.READY
                .replace(":needs", "CAST(ARRAY[0] AS bigint[])")
                .replace(":most", "ARRAY[500]")
                .replace(":unknown", "60")
                .replace(":fair", "false")
                .replace(":queue", Long.toString(queue))
                .replace(":limit", "500");
        try (PinnedSnapshot snapshot = PinnedSnapshot.open(POSTGRES)) {
            pass(5_000);
            assertThat(snapshot.isOpen()).isTrue();
            for (String statement : List.of(QueueTurns.WAITING, needs, heads)) {
                assertThat(Pages.read(database, statement)).as(statement).isGreaterThan(100);
            }
            keepOne();
            yard.runs(yard.noop(), null, 3);
            for (String statement : List.of(QueueTurns.WAITING, needs, heads)) {
                assertThat(Pages.read(database, statement)).as(statement).isLessThan(20);
            }
            yard.dispatchOnce();
            assertThat(yard.busy(place)).isEqualTo(3);
        }
    }

    // R22
    @Test
    void a_generation_stays_open_while_a_transaction_may_yet_add_to_it() throws SQLException {
        long job = yard.noop();
        long before = yard.count(NEWEST);
        try (Connection late = POSTGRES.connectAsOwner();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("""
                    INSERT INTO run (state, job_id, job_version, queue_id, cause, due_at, order_key, ready_at, need_id)
                    SELECT 'QUEUED', id, version, queue_id, 'MANUAL', now(), 1, now(), 0 FROM job WHERE id = %d""".formatted(job));
            draw();
            generations.keep();
            generations.keep();
            assertThat(yard.count(NEWEST)).isEqualTo(before + 1);
            assertThat(yard.count(OPEN)).isEqualTo(2);
            late.commit();
        }
        yard.dispatchOnce();
        assertThat(yard.busy(place)).isEqualTo(1);
        keepOne();
    }

    @Test
    void few_that_wait_on_are_taken_along_and_keep_their_places() {
        yard.change("UPDATE node SET state = 'MAINTENANCE'", Map.of());
        long job = yard.noop();
        List<Long> old = yard.runs(job, null, 2);
        long before = yard.count(NEWEST);
        draw();
        generations.keep();
        yard.runs(job, null, 2);
        keepOne();
        assertThat(yard.count("SELECT count(*) FROM run WHERE generation = " + (before + 1)))
                .isEqualTo(4);
        yard.change("UPDATE node SET state = 'ACTIVE', slots = 2", Map.of());
        yard.dispatchOnce();
        assertThat(old).allSatisfy(run -> assertThat(yard.state(run)).isEqualTo("ASSIGNED"));
    }

    @Test
    void many_that_wait_on_go_in_order_from_several_generations() {
        yard.change("UPDATE node SET state = 'MAINTENANCE'", Map.of());
        long job = yard.noop();
        List<Long> first = yard.runs(job, null, 300);
        for (int more = 0; more < 4; more++) {
            draw();
            generations.keep();
            yard.runs(job, null, 300);
        }
        assertThat(yard.count(OPEN)).isEqualTo(3);
        yard.change("UPDATE node SET state = 'ACTIVE', slots = 300", Map.of());
        yard.dispatchOnce();
        assertThat(first).allSatisfy(run -> assertThat(yard.state(run)).isEqualTo("ASSIGNED"));
        assertThat(yard.busy(place)).isEqualTo(300);
    }

    @Test
    void what_is_given_back_is_ready_in_the_newest_generation() {
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.dispatchOnce();
        draw();
        keepOne();
        yard.change("UPDATE run SET offered_at = clock_timestamp() - interval '1 minute'", Map.of());
        yard.takeBackOnce();
        assertThat(yard.state(run)).isEqualTo("QUEUED");
        yard.change("UPDATE node_session SET lapsed_at = NULL", Map.of());
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
    }

    // R22: a server that is killed between two steps
    @Test
    void what_was_opened_and_not_joined_is_joined_by_the_next_to_look() {
        long next = yard.count(NEWEST) + 1;
        yard.change("UPDATE ready_generations SET open = open || :next, set_before = NULL", Map.of("next", next));
        generations.keep();
        assertThat(yard.count("SELECT ready_generation()")).isEqualTo(next);
        keepOne();
    }

    @Test
    void a_generation_that_nobody_reads_is_found_and_counted() {
        long run = yard.runs(yard.noop(), null, 1).get(0);
        yard.change("UPDATE run SET generation = 0", Map.of());
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("QUEUED");
        assertThat(generations.sweep()).isEqualTo(1);
        assertThat(generations.sweep()).isZero();
        yard.dispatchOnce();
        assertThat(yard.state(run)).isEqualTo("ASSIGNED");
        generations.keep();
    }

    private void pass(int count) {
        yard.runs(yard.noop(), null, count);
        for (int given = 0; given < count; given += Offering.LARGEST_BATCH) {
            yard.dispatchOnce();
        }
        assertThat(yard.busy(place)).isEqualTo(count);
        yard.change("DELETE FROM run", Map.of());
    }

    /** At last, since transactions of others, an autovacuum's say, may be among those waited for. */
    private void keepOne() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            generations.keep();
            return yard.count(OPEN) == 1;
        });
    }

    /** As many ids as are drawn before another generation is opened. */
    private void draw() {
        yard.count("SELECT count(*) FROM (SELECT nextval('id_sequence') FROM generate_series(1, 2001)) drawn");
    }
}

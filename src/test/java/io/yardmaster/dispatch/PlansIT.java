package io.yardmaster.dispatch;

import static io.yardmaster.database.Scans.assertLooksUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.node.NodeSessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// R19, R20: with many rows, what runs many times a second looks up and never scans
final class PlansIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int ROWS = 60_000;

    private static final Pattern HITS = Pattern.compile("shared hit=(\\d+)");

    private final SoftAssertions all = new SoftAssertions();

    @Test
    void hot_statements_use_their_indexes(Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        long node = yard.node(50);
        long session = yard.session(node, 50);
        yard.runs(yard.noop(), null, ROWS);
        yard.dispatcher().pass();
        database.useTransaction(transaction -> transaction.sql().execute("""
                        INSERT INTO node_session (node_id, state, ended_at, taken_back_at, started_at, lease_until,
                            boot_id, host, address, worker_version, containment)
                        SELECT %d, 'ENDED', now(), now(), now(), now(), 'b', 'h', 'a', '1', 'PID_NAMESPACE'
                        FROM generate_series(1, 20000)""".formatted(node)));
        POSTGRES.analyze();
        long queue = yard.count("SELECT id FROM queue WHERE name = 'default'");
        assertUses(
                database,
                "run_to_dispatch",
                ReadyRuns.READY,
                "queue",
                queue,
                "needs",
                List.of(0L),
                "most",
                List.of(100L),
                "limit",
                100,
                "unknown",
                60,
                "fair",
                false);
        assertUses(database, "run_to_dispatch", QueueTurns.WAITING);
        assertUses(database, "node_session_live", Candidates.LOCK);
        assertUses(database, "node_session_live", Candidates.STANDING, "queue", 1, "half", 1, "unknown", 60.0);
        assertUses(database, "run_offered", News.PENDING, "sessions", List.of(session));
        assertUses(database, "run_pkey", LapsedOffers.LAPSED, "within", 1, "limit", 500);
        assertUses(database, "node_session_to_take_back", TakeBack.LOCK_OVER, "limit", 20);
        assertUses(database, "node_session_live", TakeBack.DECLARE_LOST, "grace", 1, "stale", 1);
        assertUses(database, "run_o", LostRuns.OF_SESSIONS, "sessions", List.of(session), "limit", 500);
        assertUses(database, "run_o", HeldRuns.OF_SESSION, "session", session);
        List<Long> ids = List.of(1L, 2L);
        assertUses(database, "run_pkey", Acceptance.START, "session", session, "runs", ids, "epochs", ids);
        assertUses(database, "run_pkey", PastHolders.HELD, "node", node, "runs", ids, "epochs", ids);
        all.assertAll();
        assertLooksUp(database, "node_session_past", new NodeSessions()::deleteOld);
    }

    // R20
    @Test
    void what_ended_on_a_node_does_not_slow_the_count_of_its_slots(Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        yard.place(10_000);
        yard.runs(yard.noop(), null, 5_000);
        yard.dispatchOnce();
        yard.dispatchOnce();
        assertThat(pages(database)).isGreaterThan(20);
        yard.change("DELETE FROM run", Map.of());
        // marks what ended; a few entries beside what is live are left
        pages(database);
        assertThat(pages(database)).isLessThan(20);
    }

    // R20: a backup, or somebody's forgotten transaction, still sees all of it
    @Test
    void what_ended_beside_an_open_snapshot_does_not_slow_the_count_of_slots(Database database) throws SQLException {
        Yard yard = new Yard(database);
        yard.clear();
        Yard.Place place = yard.place(10_000);
        try (Connection snapshot = POSTGRES.connectAsOwner();
                Statement statement = snapshot.createStatement()) {
            snapshot.setAutoCommit(false);
            snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT FROM run");
            yard.runs(yard.noop(), null, 5_000);
            yard.dispatchOnce();
            yard.dispatchOnce();
            yard.change("DELETE FROM run", Map.of());
            yard.runs(yard.noop(), null, 3);
            yard.dispatchOnce();
            assertThat(pages(database)).isGreaterThan(20);
            yard.beat(place, List.of());
            assertThat(pages(database)).isLessThan(20);
            assertThat(yard.busy(place)).isEqualTo(3);
            yard.runs(yard.noop(), null, 2);
            yard.dispatchOnce();
            assertThat(yard.busy(place)).isEqualTo(5);
        }
    }

    private static int pages(Database database) {
        String plan = database.inTransaction(transaction -> String.join(
                "\n",
                transaction
                        .sql()
                        .createQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + Candidates.STANDING)
                        .bind("queue", 1)
                        .bind("half", 1)
                        .bind("unknown", ReadyRun.UNKNOWN_SECONDS)
                        .mapTo(String.class)
                        .list()));
        Matcher hits = HITS.matcher(plan);
        assertThat(hits.find()).as(plan).isTrue();
        return Integer.parseInt(hits.group(1));
    }

    /** Neither {@code run} nor {@code node_session} is read from end to end, and {@code index} is used. */
    private void assertUses(Database database, String index, String statement, Object... values) {
        String plan = database.inTransaction(transaction -> {
            var query = transaction.sql().createQuery("EXPLAIN " + statement);
            for (int i = 0; i < values.length; i += 2) {
                if (values[i + 1] instanceof List<?> list) {
                    query.bindArray((String) values[i], Long.class, list);
                } else {
                    query.bind((String) values[i], values[i + 1]);
                }
            }
            return String.join("\n", query.mapTo(String.class).list());
        });
        all.assertThat(plan)
                .contains(index)
                .doesNotContain("Seq Scan on run ")
                .doesNotContain("Seq Scan on node_session");
    }
}

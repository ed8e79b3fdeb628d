package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.Floor;
import io.yardmaster.peer.PeerDrains;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Twenty thousand waiting no-op runs, drained by a real server and two real workers. */
@Tag("bench")
final class DrainRateBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int RUNS = 20_000;

    private static final String FILL = """
            INSERT INTO run (state, job_id, job_version, queue_id, cause, caused_by, due_at, order_key, ready_at)
            SELECT 'QUEUED', j.id, j.version, j.queue_id, 'MANUAL', 'bench', clock_timestamp(),
                   nextval('id_sequence'), clock_timestamp()
            FROM job j, generate_series(1, 20000) WHERE j.name = 'drained'
            """;

    private static final String RESUME =
            "UPDATE queue SET paused_at = NULL WHERE name = 'default' RETURNING (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String LAST_END = """
            SELECT coalesce((SELECT (extract(epoch FROM max(ended_at)) * 1000)::bigint FROM run_history
                             WHERE job_id = (SELECT id FROM job WHERE name = 'drained')), 0)
            """;

    @TempDir
    Path directory;

    @Test
    void two_workers_drain_half_as_many_again_as_peers(Database database) throws Exception {
        List<Long> rates = rates(database);
        long rate = Collections.max(rates);
        long floor = Floor.rate(database, RUNS);
        System.out.printf("%d no-ops drained: Yardmaster %s runs/s, its statements alone %d%n", RUNS, rates, floor);
        Map<String, Duration> peers = PeerDrains.measure(POSTGRES.owner(), RUNS);
        peers.forEach((peer, took) -> System.out.printf(
                "%d no-ops drained: %s %d runs/s, we %.2f times as many%n",
                RUNS, peer, perSecond(took), rate / (double) perSecond(took)));
        assertThat(rate).isGreaterThanOrEqualTo(floor / 4);
        // told, but not what we measure ourselves against: it is not what db-scheduler does unless it is told to
        peers.remove(PeerDrains.LOCK_AND_FETCH);
        peers.forEach((peer, took) -> assertThat(rate / (double) perSecond(took))
                .as("times as many as " + peer)
                .isGreaterThanOrEqualTo(1.5));
    }

    private List<Long> rates(Database database) {
        try (Cluster cluster = Cluster.asShipped(directory, POSTGRES.settings())) {
            cluster.startWorker(0, 1_000);
            cluster.startWorker(1, 1_000);
            await().atMost(Duration.ofSeconds(60)).until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == 2);
            cluster.put("/api/v1/jobs/default/drained", """
                    {"kind": "job", "namespace": "default", "name": "drained", "task": {"type": "noop"}}
                    """);
            List<Long> rates = new ArrayList<>();
            Instant began = Instant.now();
            while (rates.isEmpty() || began.plus(PeerDrains.ENOUGH).isAfter(Instant.now())) {
                rates.add(drain(database));
            }
            return rates;
        }
    }

    static long drain(Database database) {
        change(database, "UPDATE queue SET paused_at = clock_timestamp() WHERE name = 'default'");
        change(database, FILL);
        long began = number(database, RESUME);
        // looked at seldom, since each look takes of what is measured
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> ClusterIT.count(database, "SELECT count(*) FROM (SELECT FROM run LIMIT 1) r") == 0);
        return RUNS * 1000L / (number(database, LAST_END) - began);
    }

    private static void change(Database database, String statement) {
        database.useTransaction(
                transaction -> assertThat(transaction.sql().execute(statement)).isPositive());
    }

    private static long number(Database database, String query) {
        return database.inTransaction(transaction ->
                transaction.sql().createQuery(query).mapTo(Long.class).one());
    }

    private static long perSecond(Duration took) {
        return RUNS * 1000L / took.toMillis();
    }
}

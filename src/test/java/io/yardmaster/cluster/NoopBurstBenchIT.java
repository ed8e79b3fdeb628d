package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.peer.PeerBursts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand recurring jobs due in one second, with a real server and two real workers. */
@Tag("bench")
final class NoopBurstBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int JOBS = 5_000;

    private static final List<String> FILL = List.of("""
            INSERT INTO job (namespace, name, queue_id, definition)
            SELECT j.namespace, 'burst-' || n, j.queue_id, j.definition FROM job j, generate_series(1, 4999) AS n
            WHERE j.name = 'burst-0'
            """, """
            INSERT INTO job_version (job_id, version, definition, changed_by)
            SELECT id, version, definition, 'bench' FROM job WHERE name LIKE 'burst-%' AND name <> 'burst-0'
            """, """
            INSERT INTO schedule (job_id, timetable_id, name, effective_from)
            SELECT j.id, s.timetable_id, s.name, clock_timestamp()
            FROM job j, schedule s JOIN job first ON first.id = s.job_id
            WHERE first.name = 'burst-0' AND j.name LIKE 'burst-%' AND j.id <> first.id
            """);

    /** Milliseconds from each instant until its last run started. */
    private static final String STARTED = """
            SELECT (extract(epoch FROM max(h.started_at) - h.nominal_at) * 1000)::int
            FROM run_history h WHERE h.nominal_at > :after
            GROUP BY h.nominal_at HAVING count(*) = 5000 ORDER BY h.nominal_at
            """;

    @TempDir
    Path directory;

    // R18
    @Test
    void the_last_has_started_soon_after_the_instant(Database database) throws Exception {
        List<Integer> bursts = bursts(database);
        // the first ones warm the JVMs up, here and at the peers
        int last = bursts.get(bursts.size() - 1);
        System.out.printf("%d no-ops due at once, last start: Yardmaster %s ms%n", JOBS, bursts);
        PeerBursts.measure(POSTGRES.owner(), JOBS)
                .forEach((peer, took) -> System.out.printf(
                        "%d no-ops due at once, last start: %s %d ms, %.1f times as long%n",
                        JOBS, peer, took.toMillis(), took.toMillis() / (double) last));
        assertThat(last).isLessThanOrEqualTo(1500);
    }

    private List<Integer> bursts(Database database) {
        try (Cluster cluster = Cluster.asShipped(directory, POSTGRES.settings())) {
            cluster.startWorker(0, 1_000);
            cluster.startWorker(1, 1_000);
            await().atMost(Duration.ofSeconds(60)).until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == 2);
            cluster.put("/api/v1/jobs/default/burst-0", """
                    kind: job
                    namespace: default
                    name: burst-0
                    task: {type: noop}
                    schedules: [{name: twice-a-minute, cron: "0/30 * * * * ?", zone: UTC, enabled: true}]
                    """);
            Instant filled = fill(database);
            // looked at seldom, since each look takes of what is measured
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> started(database, filled).size() >= 3);
            return started(database, filled);
        }
    }

    private static List<Integer> started(Database database, Instant after) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery(STARTED)
                .bind("after", after)
                .mapTo(Integer.class)
                .list());
    }

    private static Instant fill(Database database) {
        FILL.forEach(statement -> database.useTransaction(transaction -> {
            transaction.sql().execute("SET LOCAL statement_timeout = '60s'");
            assertThat(transaction.sql().execute(statement)).isEqualTo(JOBS - 1);
        }));
        return database.inTransaction(transaction -> transaction.now());
    }
}

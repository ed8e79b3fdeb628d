package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PinnedSnapshot;
import io.yardmaster.database.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A hundred no-op jobs due every second, with a real server and two real workers, without and beside an old snapshot. */
@Tag("soak")
final class SteadyLoadIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int JOBS = 100;
    /** A burst a second calls each method so seldom that the JVMs take minutes to compile what is called. */
    private static final int WARM_UP_MINUTES = Integer.getInteger("warmUpMinutes", 4);

    private static final int STEADY_MINUTES = Integer.getInteger("steadyMinutes", 5);
    private static final int PINNED_MINUTES = Integer.getInteger("pinnedMinutes", 10);

    private static final List<String> FILL = List.of("""
            INSERT INTO job (namespace, name, queue_id, definition)
            SELECT j.namespace, 'steady-' || n, j.queue_id, j.definition FROM job j, generate_series(1, 99) AS n
            WHERE j.name = 'steady-0'
            """, """
            INSERT INTO job_version (job_id, version, definition, changed_by)
            SELECT id, version, definition, 'soak' FROM job WHERE name LIKE 'steady-%' AND name <> 'steady-0'
            """, """
            INSERT INTO schedule (job_id, timetable_id, name, effective_from)
            SELECT j.id, s.timetable_id, s.name, clock_timestamp()
            FROM job j, schedule s JOIN job first ON first.id = s.job_id
            WHERE first.name = 'steady-0' AND j.name LIKE 'steady-%' AND j.id <> first.id
            """);

    /** Runs of the jobs alone, since a canary is due when it is born. */
    private static final String LATENESS = """
            SELECT count(*) AS runs, min(late) AS earliest, max(late) AS latest,
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY late) AS p50,
                   percentile_disc(0.9) WITHIN GROUP (ORDER BY late) AS p90,
                   percentile_disc(0.99) WITHIN GROUP (ORDER BY late) AS p99,
                   percentile_disc(0.999) WITHIN GROUP (ORDER BY late) AS p999
            FROM (SELECT extract(epoch FROM h.started_at - h.nominal_at)::double precision * 1000 AS late
                  FROM run_history h JOIN schedule s ON s.id = h.schedule_id JOIN job j ON j.id = s.job_id
                  WHERE j.name LIKE 'steady-%' AND h.state = 'SUCCEEDED' AND h.nominal_at > :after AND h.nominal_at <= :until) l
            """;

    @TempDir
    Path directory;

    /** How many runs of how many instants began how many milliseconds after their instants. */
    private record Lateness(int runs, double earliest, double p50, double p90, double p99, double p999, double latest) {
        @Override
        public String toString() {
            return "%d runs started after %.0f ms (half), %.0f (9 in 10), %.0f (99 in 100), %.0f (999 in 1,000), %.0f (worst)"
                    .formatted(runs, p50, p90, p99, p999, latest);
        }
    }

    // R20
    @Test
    void an_old_snapshot_delays_runs_threefold_at_most(Database database) throws Exception {
        Lateness before;
        Lateness beside;
        try (Cluster cluster = Cluster.asShipped(directory, POSTGRES.settings())) {
            begin(cluster, database);
            pass(Duration.ofMinutes(WARM_UP_MINUTES));
            System.out.println("the last minute of the warm-up: " + of(database, 1));
            pass(Duration.ofMinutes(STEADY_MINUTES));
            before = of(database, STEADY_MINUTES);
            System.out.println("steady: " + before);
            try (PinnedSnapshot snapshot = PinnedSnapshot.open(POSTGRES)) {
                for (int minute = 1; minute <= PINNED_MINUTES; minute++) {
                    pass(Duration.ofMinutes(1));
                    System.out.printf("minute %d beside a snapshot: %s%n", minute, of(database, 1));
                }
                beside = of(database, 1);
                assertThat(snapshot.isOpen()).isTrue();
            }
        }
        assertThat(before.runs()).isGreaterThanOrEqualTo(STEADY_MINUTES * 60 * JOBS);
        assertThat(before.p99()).isLessThanOrEqualTo(100);
        assertThat(before.earliest()).isNotNegative();
        assertThat(beside.p99()).isLessThanOrEqualTo(3 * before.p99());
        assertThat(beside.runs()).isGreaterThanOrEqualTo(60 * JOBS);
        assertThat(ClusterIT.rows(database, ClusterIT.NOT_SUCCEEDED)).isEmpty();
    }

    private static void begin(Cluster cluster, Database database) {
        cluster.startWorker(0, 100);
        cluster.startWorker(1, 100);
        await().atMost(Duration.ofSeconds(60)).until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == 2);
        cluster.put("/api/v1/jobs/default/steady-0", """
                kind: job
                namespace: default
                name: steady-0
                task: {type: noop}
                schedules: [{name: each-second, cron: "* * * * * ?", zone: UTC, enabled: true}]
                """);
        FILL.forEach(statement -> database.useTransaction(
                transaction -> assertThat(transaction.sql().execute(statement)).isEqualTo(JOBS - 1)));
    }

    /** Looks at nothing meanwhile, since each look takes of what is measured. */
    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(30)).pollInterval(Duration.ofSeconds(1)).until(() -> System.nanoTime() >= end);
    }

    /** Of the last {@code minutes}, without the two seconds whose runs may not have ended. */
    private static Lateness of(Database database, int minutes) {
        return database.inTransaction(transaction -> {
            Instant until = transaction.now().minusSeconds(2);
            return transaction
                    .sql()
                    .createQuery(LATENESS)
                    .bind("after", until.minusSeconds(60L * minutes))
                    .bind("until", until)
                    .map((row, context) -> new Lateness(
                            row.getInt("runs"),
                            row.getDouble("earliest"),
                            row.getDouble("p50"),
                            row.getDouble("p90"),
                            row.getDouble("p99"),
                            row.getDouble("p999"),
                            row.getDouble("latest")))
                    .one();
        });
    }
}

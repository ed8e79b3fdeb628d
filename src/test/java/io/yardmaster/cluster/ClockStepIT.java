package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two servers of which one has its wall clock stepped by an hour while it runs, and then is alone. */
@Tag("soak")
final class ClockStepIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int JOBS = 10;

    private static final String OFFSET = "SELECT max(clock_offset_ms) FROM server WHERE seen_at > clock_timestamp()"
            + " - interval '8 seconds' AND abs(clock_offset_ms) > 1000";

    static final String EARLY = """
            SELECT h.id || ' started ' || (h.nominal_at - h.started_at) || ' early' FROM run_history h
            WHERE h.schedule_id IS NOT NULL AND (h.started_at < h.nominal_at OR h.created_at < h.nominal_at)
            """;

    @TempDir
    Path directory;

    // R2, R4: user-pain 44, for long enough that Quartz's check-ins and the watchdog's looks meet the wrong clock
    @Test
    void minutes_with_a_wrong_clock_fire_nothing_early_twice_or_never(Database database) {
        proveWith(database, Duration.ofSeconds(100));
    }

    private void proveWith(Database database, Duration phase) {
        FakeClock clock = new FakeClock(directory.resolve("clock"));
        try (Cluster cluster = new Cluster(directory, POSTGRES.settings(), 1, 4)) {
            int stepped = cluster.addServer(clock.environment());
            cluster.startWorker(0, 20);
            await().atMost(Duration.ofSeconds(60)).until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == 1);
            for (int job = 0; job < JOBS; job++) {
                cluster.put("/api/v1/jobs/default/beat-" + job, definition(job, true));
            }
            ClusterIT.pass(database, phase);
            stepTo(database, clock, 3600);
            ClusterIT.pass(database, phase);
            cluster.process("server-0").kill();
            ClusterIT.pass(database, phase);
            stepTo(database, clock, -3600);
            ClusterIT.pass(database, phase);
            cluster.startServer(0);
            cluster.awaitReady(0);
            ClusterIT.pass(database, phase);
            assertThat(cluster.process("server-" + stepped).isAlive()).isTrue();
            for (int job = 0; job < JOBS; job++) {
                cluster.put("/api/v1/jobs/default/beat-" + job, definition(job, false));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> ClusterIT.count(database, ClusterIT.UNFINISHED) == 0);
        }
        assertThat(ClusterIT.rows(database, ClusterIT.NOT_ONCE))
                .as("instants without exactly one run")
                .isEmpty();
        assertThat(ClusterIT.rows(database, EARLY)).isEmpty();
        assertThat(ClusterIT.rows(database, ClusterIT.NOT_SUCCEEDED)).isEmpty();
        assertThat(ClusterIT.count(database, ClusterIT.SCHEDULED_RUNS)).isGreaterThan(JOBS * phase.toSeconds());
        assertThat(ClusterIT.rows(database, "SELECT subject || detail FROM audit_entry WHERE action = 'alarm.repair'"))
                .as("alarms that a wrong clock alone makes look wedged")
                .isEmpty();
    }

    /** Returns when the server itself has told how far it is off. */
    private static void stepTo(Database database, FakeClock clock, int seconds) {
        clock.step(seconds);
        await("the step").atMost(Duration.ofSeconds(30)).until(() -> {
            List<String> offsets = ClusterIT.rows(database, "SELECT (" + OFFSET + ")::text");
            return offsets.get(0) != null && Math.abs(Long.parseLong(offsets.get(0)) - seconds * 1000L) < 5_000;
        });
    }

    private static String definition(int job, boolean enabled) {
        return """
                kind: job
                namespace: default
                name: beat-%d
                task:
                  type: noop
                schedules:
                  - name: every-two-seconds
                    cron: "0/2 * * * * ?"
                    zone: UTC
                    enabled: %s
                """.formatted(job, enabled);
    }
}

package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two servers and three workers, each of whose wall clocks jumps by an hour again and again under running tasks. */
@Tag("soak")
final class ClockStepsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int SERVERS = 2;
    private static final int WORKERS = 3;
    private static final int JOBS = 4;
    private static final List<Integer> OFFSETS = List.of(3600, 0, -3600);

    private static final String DEATHS = """
            SELECT id || ' of node ' || node_id || ' is ' || state FROM node_session WHERE state <> 'LIVE'
            """;

    private static final String REPEATED = """
            SELECT id || ' had ' || jsonb_array_length(attempts) || ' attempts: ' || attempts
            FROM run_history WHERE schedule_id IS NOT NULL AND jsonb_array_length(attempts) <> 1
            """;

    /** Servers and nodes that tell that they are an hour ahead. */
    private static final String AHEAD = """
            SELECT (SELECT count(*) FROM node_session WHERE clock_offset_ms BETWEEN 3590000 AND 3610000)
                 + (SELECT count(*) FROM server WHERE clock_offset_ms BETWEEN 3590000 AND 3610000)
            """;

    private static final String NOTES = "SELECT run_id || ': ' || n FROM run_note n";

    @TempDir
    Path directory;

    private final List<FakeClock> clocks = new ArrayList<>();

    // R9, R10: leases, self-fencing and guardians go by no wall clock but the database's
    @Test
    void half_an_hour_of_steps_ends_no_session_and_no_attempt(Database database) {
        try (Cluster cluster = new Cluster(directory, POSTGRES.settings(), 0, 1)) {
            for (int server = 0; server < SERVERS; server++) {
                cluster.addServer(clock("server-" + server).environment());
            }
            for (int worker = 0; worker < WORKERS; worker++) {
                cluster.startWorker(worker, 8, clock("worker-" + worker).environment());
            }
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == WORKERS);
            switchJobs(cluster, true);
            int steps = stepFor(database, Duration.ofMinutes(Integer.getInteger("soak.clock.minutes", 30)));
            assertThat(ClusterIT.rows(database, DEATHS)).as("false deaths").isEmpty();
            assertAllClocksGoByTheSteps(database);
            switchJobs(cluster, false);
            await().atMost(Duration.ofSeconds(90)).until(() -> ClusterIT.count(database, ClusterIT.UNFINISHED) == 0);
            assertThat(ClusterIT.rows(database, DEATHS)).as("false deaths").isEmpty();
            System.out.printf(
                    "%d steps of five clocks, %d runs of 20 s%n",
                    steps, ClusterIT.count(database, ClusterIT.SCHEDULED_RUNS));
        }
        assertThat(ClusterIT.rows(database, REPEATED)).as("runs begun again").isEmpty();
        assertThat(ClusterIT.rows(database, NOTES)).as("reports not believed").isEmpty();
        assertThat(ClusterIT.rows(database, ClusterIT.NOT_SUCCEEDED)).isEmpty();
        assertThat(ClusterIT.rows(database, ClockStepIT.EARLY)).isEmpty();
    }

    private FakeClock clock(String name) {
        FakeClock clock = new FakeClock(directory.resolve(name + ".clock"));
        clocks.add(clock);
        return clock;
    }

    /** Any one clock each 5 s, all of them at once each minute. @return how often one was stepped */
    private int stepFor(Database database, Duration length) {
        Random random = new Random(44);
        Instant until = Instant.now().plus(length);
        int steps = 0;
        while (Instant.now().isBefore(until)) {
            ClusterIT.pass(database, Duration.ofSeconds(5));
            List<FakeClock> stepped = random.nextInt(12) == 0 ? clocks : List.of(any(clocks, random));
            stepped.forEach(clock -> clock.step(any(OFFSETS, random)));
            steps += stepped.size();
        }
        return steps;
    }

    private void assertAllClocksGoByTheSteps(Database database) {
        clocks.forEach(clock -> clock.step(3600));
        await().atMost(Duration.ofSeconds(30)).until(() -> ClusterIT.count(database, AHEAD) == clocks.size());
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    /** So many that more than half of the slots are busy at any moment. */
    private static void switchJobs(Cluster cluster, boolean enabled) {
        for (int job = 0; job < JOBS; job++) {
            cluster.put("/api/v1/jobs/default/beat-" + job, """
                    kind: job
                    namespace: default
                    name: beat-%d
                    task:
                      type: shell
                      script: sleep 20
                    schedules:
                      - name: every-five-seconds
                        cron: "0/5 * * * * ?"
                        zone: UTC
                        enabled: %s
                    """.formatted(job, enabled));
        }
    }
}

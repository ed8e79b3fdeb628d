package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * R7, R8, R22: 225 runs on six locks of all kinds, while servers and workers are killed and stopped. Who had what, and when, is judged by
 * what the tasks wrote.
 */
@Tag("soak")
final class LockChaosIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int WORKERS = 3;
    private static final int SLOTS = 6;
    private static final int RUNS_OF_EACH = 25;
    private static final int ALL = 1_000_000;
    private static final Duration STOPPED = Duration.ofSeconds(28);

    private static final Map<String, String> LOCKS = Map.of(
            "a", "type: MUTEX",
            "b", "type: MUTEX",
            "file", "type: READ_WRITE",
            "three", "type: SEMAPHORE, permits: 3",
            "five", "type: SEMAPHORE, permits: 5",
            "day", "type: CONDITION, variables: {open: false}");

    private static final Map<String, Integer> CAPACITIES = Map.of("A", 1, "B", 1, "FILE", ALL, "THREE", 3, "FIVE", 5);

    /** Units by lock; each as the job's definition says it. */
    private static final Map<String, Map<String, Integer>> JOBS = Map.of(
            "only-a", Map.of("A", 1),
            "a-and-b", Map.of("A", 1, "B", 1),
            "reader", Map.of("FILE", 1),
            "writer", Map.of("FILE", ALL),
            "small", Map.of("THREE", 1),
            "whole", Map.of("THREE", 3),
            "b-and-five", Map.of("B", 1, "FIVE", 2),
            "reads-with-five", Map.of("FILE", 1, "FIVE", 3),
            "when-open", Map.of("A", 1, "DAY", 0));

    /** Of jobs with locks: the canary runs beside them. */
    private static final String SUCCEEDED = """
            SELECT count(*) FROM run_history h JOIN job j ON j.id = h.job_id
            WHERE h.state = 'SUCCEEDED' AND j.claim_id IS NOT NULL
            """;

    @TempDir
    Path directory;

    @Test
    void no_lock_is_ever_given_out_twice_and_none_is_leaked(Database database) throws IOException {
        Path beats = Files.createDirectory(directory.resolve("beats"));
        try (Cluster cluster = new Cluster(directory, POSTGRES.settings(), 2, 1)) {
            for (int worker = 0; worker < WORKERS; worker++) {
                cluster.startWorker(worker, SLOTS);
            }
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == WORKERS);
            define(cluster, beats);
            for (int run = 0; run < RUNS_OF_EACH; run++) {
                JOBS.keySet().forEach(job -> start(cluster, job));
            }
            int turn = 0;
            while (ClusterIT.count(database, "SELECT count(*) FROM run") > 0) {
                disturb(cluster, database, turn++);
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ClusterIT.count(
                                    database,
                                    "SELECT (SELECT count(*) FROM lock_hold) + (SELECT count(*) FROM lock_ticket)")
                            == 0);
        }
        judge(LockedBeats.all(beats), database);
    }

    private static void define(Cluster cluster, Path beats) {
        LOCKS.forEach((name, type) -> cluster.put(
                "/api/v1/locks/default/" + name,
                "{kind: lock, namespace: default, name: %s, %s}".formatted(name, type)));
        JOBS.forEach((name, units) -> cluster.put("/api/v1/jobs/default/" + name, """
                kind: job
                namespace: default
                name: %s
                task:
                  type: shell
                  script: |
                %s
                locks:
                %s
                signals: %s
                """.formatted(
                name, LockedBeats.SCRIPT.formatted(beats).indent(4).stripTrailing(), needs(units), signals(name))));
    }

    private static String needs(Map<String, Integer> units) {
        List<String> needs = new ArrayList<>();
        units.forEach((lock, count) -> {
            String how = "";
            if (lock.equals("DAY")) {
                how = ", when: open";
            } else if (lock.equals("FILE")) {
                how = count == ALL ? ", mode: WRITE" : ", mode: READ";
            } else if (count > 1) {
                how = ", permits: " + count;
            }
            needs.add("- {lock: " + lock.toLowerCase(Locale.ROOT) + how + "}");
        });
        return String.join("\n", needs);
    }

    /** The ends of one open what another waits for. */
    private static String signals(String job) {
        return job.equals("whole") ? "[{condition: day, variables: {open: 'true'}}]" : "[]";
    }

    private static void start(Cluster cluster, String job) {
        int status = cluster.send("POST", "/api/v1/jobs/default/" + job + "/runs", "application/json", "{}")
                .statusCode();
        assertThat(status).isIn(200, 201, 202);
    }

    /** A worker or a server is killed and begins anew, or stands still for longer than its lease. */
    private static void disturb(Cluster cluster, Database database, int turn) {
        int worker = turn % WORKERS;
        int server = turn % 2;
        ClusterIT.pass(database, Duration.ofSeconds(6));
        switch (turn % 4) {
            case 0 -> {
                cluster.process("worker-" + worker).kill();
                ClusterIT.pass(database, Duration.ofSeconds(4));
                cluster.restartWorker(worker);
            }
            case 1 -> {
                cluster.process("worker-" + worker).signal("STOP");
                ClusterIT.pass(database, STOPPED);
                cluster.process("worker-" + worker).signal("CONT");
            }
            case 2 -> {
                cluster.process("server-" + server).kill();
                ClusterIT.pass(database, Duration.ofSeconds(3));
                cluster.startServer(server);
                cluster.awaitReady(server);
            }
            default -> {
                cluster.process("server-" + server).signal("STOP");
                ClusterIT.pass(database, Duration.ofSeconds(12));
                cluster.process("server-" + server).signal("CONT");
            }
        }
    }

    private static void judge(List<LockedBeats> all, Database database) {
        assertThat(ClusterIT.count(database, SUCCEEDED)).isEqualTo((long) RUNS_OF_EACH * JOBS.size());
        CAPACITIES.forEach((lock, capacity) -> {
            List<LockedBeats> users = all.stream()
                    .filter(beats -> JOBS.get(beats.job()).containsKey(lock))
                    .sorted(Comparator.comparingDouble(LockedBeats::began))
                    .toList();
            for (LockedBeats one : users) {
                int units = users.stream()
                        .filter(other -> other.began() <= one.began() && other.last() >= one.began())
                        .mapToInt(other -> JOBS.get(other.job()).get(lock))
                        .sum();
                assertThat(units).as(lock + " at " + one).isLessThanOrEqualTo(capacity);
            }
            List<Long> tokens =
                    users.stream().map(beats -> beats.tokens().get(lock)).toList();
            Set<Long> distinct = new HashSet<>(tokens);
            assertThat(distinct).as(lock).hasSameSizeAs(tokens).doesNotContainNull();
            if (capacity == 1) {
                assertThat(tokens).as(lock).isSorted();
            }
        });
        System.out.printf("%d attempts of %d runs%n", all.size(), RUNS_OF_EACH * JOBS.size());
    }
}

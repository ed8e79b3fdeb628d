package io.yardmaster.cluster;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four workers under tasks of a minute, each of which is killed, stopped or cut off again and again. What ran, and when, is
 * judged by what the tasks wrote.
 */
@Tag("soak")
final class FaultsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int WORKERS = 4;
    private static final int FAULTS = Fault.Kind.values().length * Integer.getInteger("soak.faults", 30);

    /** So many that two workers have room for all jobs. */
    private static final int SLOTS = 10;

    /** Seconds within which a run must go on elsewhere. */
    private static final double TAKE_OVER = 25;

    /** Seconds after a fault is undone until the worker may be hit again. */
    private static final double RECOVERY = 5;

    /** A run that lost ten nodes is taken to be what kills them, and fails. */
    private static final String UNEXPECTED_ENDS = """
            SELECT h.id || ' ' || j.name || ' ' || h.state || ' ' || coalesce(h.message, '')
            FROM run_history h JOIN job j ON j.id = h.job_id
            WHERE h.state NOT IN ('SUCCEEDED', 'SKIPPED')
              AND NOT (h.state = 'UNKNOWN' AND j.name LIKE 'once-%')
              AND NOT (h.state = 'FAILED' AND j.name LIKE 'again-%'
                AND (SELECT count(*) FROM jsonb_array_elements(h.attempts) past (attempt)
                     WHERE attempt ->> 'outcome' = 'LOST') >= 10)
            """;

    private static final String GIVEN_UP = """
            SELECT id || ' ' || extract(epoch FROM clock_timestamp() - ended_at)
            FROM run_history WHERE state IN ('UNKNOWN', 'FAILED')
            """;

    @TempDir
    Path directory;

    private final List<WorkerNetwork> networks = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> current = new ArrayList<>();
    private final Map<Integer, Double> fitFrom = new HashMap<>();
    private Path beats;

    // R5, R6, R9, R10
    @Test
    void nothing_runs_twice_at_a_time_and_what_was_lost_runs_soon(Database database) throws IOException {
        assumeTrue(WorkerNetwork.isPossible(), "no network namespaces here: they take root and iproute2");
        beats = Files.createDirectory(directory.resolve("beats"));
        try (Cluster cluster = new Cluster(directory, POSTGRES.settings(), 1, 1)) {
            for (int worker = 0; worker < WORKERS; worker++) {
                networks.add(new WorkerNetwork(worker));
                cluster.place(worker, networks.get(worker));
                cluster.startWorker(worker, SLOTS);
            }
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == WORKERS);
            BeatingJobs.put(cluster, beats, true);
            while (faults.size() < FAULTS || !current.isEmpty()) {
                ClusterIT.pass(database, Duration.ofSeconds(1));
                undoWhatIsOver(cluster);
                hitOneMore(cluster);
            }
            BeatingJobs.put(cluster, beats, false);
            await().atMost(Duration.ofMinutes(4)).until(() -> ClusterIT.count(database, ClusterIT.UNFINISHED) == 0);
        } finally {
            networks.forEach(WorkerNetwork::close);
        }
        judge(database);
    }

    private void undoWhatIsOver(Cluster cluster) {
        double now = Beats.now();
        current.removeIf(fault -> {
            if (fault.isOver(now)) {
                fault.undo(cluster, networks.get(fault.worker()));
                fitFrom.put(fault.worker(), now + RECOVERY);
            }
            return fault.isOver(now);
        });
    }

    /** If enough others are fit, and none of them is just now to take over what the last fault hit. */
    private void hitOneMore(Cluster cluster) {
        List<Beats> attempts = Beats.all(beats);
        double now = Beats.now();
        List<Integer> fit = IntStream.range(0, WORKERS)
                .filter(worker -> fitFrom.getOrDefault(worker, 0.0) <= now)
                .boxed()
                .toList();
        if (faults.size() == FAULTS || fit.size() < WORKERS - 1 || isTakenOverNow(attempts, now)) {
            return;
        }
        longestSpared(fit, attempts, now).ifPresent(worker -> {
            Fault.Kind[] kinds = Fault.Kind.values();
            int number = faults.size();
            Fault fault = Fault.of(kinds[number % kinds.length], worker, number % 2 == 0);
            fault.inflict(cluster, networks.get(worker));
            fitFrom.put(worker, Double.MAX_VALUE);
            faults.add(fault);
            current.add(fault);
        });
    }

    private boolean isTakenOverNow(List<Beats> attempts, double now) {
        return !faults.isEmpty()
                && now < faults.get(faults.size() - 1).began() + TAKE_OVER
                && attempts.stream()
                        .filter(faults.get(faults.size() - 1)::hit)
                        .filter(Beats::isRepeatable)
                        .anyMatch(hit -> hit.next(attempts).isEmpty());
    }

    /** Of those on which tasks run. */
    private Optional<Integer> longestSpared(List<Integer> fit, List<Beats> attempts, double now) {
        return fit.stream()
                .filter(worker ->
                        attempts.stream().anyMatch(attempt -> attempt.worker() == worker && attempt.isRunning(now)))
                .min(Comparator.comparing(worker -> fitFrom.getOrDefault(worker, 0.0)));
    }

    private void judge(Database database) {
        List<Beats> all = Beats.all(beats);
        List<Beats> once =
                all.stream().filter(attempt -> !attempt.isRepeatable()).toList();
        List<Beats> again = all.stream().filter(Beats::isRepeatable).toList();
        Map<Long, Double> givenUp = givenUp(database);
        Delays takeOvers = Delays.of(
                faults,
                again,
                hit -> hit.next(all).map(Beats::began).or(() -> Optional.ofNullable(givenUp.get(hit.run()))));
        Delays ends = Delays.of(faults, once, hit -> Optional.ofNullable(givenUp.get(hit.run())));
        System.out.printf(
                "%d faults, %d attempts%ntake-overs%s%nends as UNKNOWN%s%n",
                faults.size(), all.size(), takeOvers, ends);
        assertSoftly(softly -> {
            softly.assertThat(faults).allMatch(fault -> all.stream().anyMatch(fault::hit));
            softly.assertThat(Beats.overlaps(all)).as("at the same time").isEmpty();
            softly.assertThat(once.stream().collect(groupingBy(Beats::run)).values())
                    .as("begun at most once")
                    .allMatch(attempts -> attempts.size() == 1);
            softly.assertThat(takeOvers.undecided()).as("never run again").isEmpty();
            softly.assertThat(ends.undecided()).as("not UNKNOWN").isEmpty();
            softly.assertThat(ClusterIT.rows(database, UNEXPECTED_ENDS)).isEmpty();
            softly.assertThat(takeOvers.percentile(0.99)).isLessThanOrEqualTo(TAKE_OVER);
            softly.assertThat(ends.percentile(0.99)).isLessThanOrEqualTo(TAKE_OVER);
        });
    }

    /** @return when runs ended that are not repeated, in seconds since the machine started */
    private static Map<Long, Double> givenUp(Database database) {
        double now = Beats.now();
        return ClusterIT.rows(database, GIVEN_UP).stream()
                .map(row -> row.split(" ", 2))
                .collect(toMap(row -> Long.valueOf(row[0]), row -> now - Double.parseDouble(row[1])));
    }
}

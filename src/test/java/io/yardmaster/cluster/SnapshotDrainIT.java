package io.yardmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yardmaster.database.Database;
import io.yardmaster.database.PinnedSnapshot;
import io.yardmaster.database.PostgresExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Drains of twenty thousand no-op runs by a real server and two real workers, one after another, some beside an old snapshot. */
@Tag("soak")
final class SnapshotDrainIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final int WARM_UP = 3;
    private static final int BESIDE = 5;

    @TempDir
    Path directory;

    // R20
    @Test
    void eighty_thousand_ended_runs_beside_a_snapshot_slow_a_drain_threefold_at_most(Database database)
            throws Exception {
        List<Long> before = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        try (Cluster cluster = Cluster.asShipped(directory, POSTGRES.settings())) {
            cluster.startWorker(0, 1_000);
            cluster.startWorker(1, 1_000);
            await().atMost(Duration.ofSeconds(60)).until(() -> ClusterIT.count(database, ClusterIT.LIVE_NODES) == 2);
            cluster.put("/api/v1/jobs/default/drained", """
                    {"kind": "job", "namespace": "default", "name": "drained", "task": {"type": "noop"}}
                    """);
            for (int round = 0; round <= WARM_UP; round++) {
                before.add(DrainRateBenchIT.drain(database));
            }
            try (PinnedSnapshot snapshot = PinnedSnapshot.open(POSTGRES)) {
                for (int round = 0; round < BESIDE; round++) {
                    beside.add(DrainRateBenchIT.drain(database));
                }
                assertThat(snapshot.isOpen()).isTrue();
            }
        }
        System.out.printf("no-ops drained: %s runs/s, beside a snapshot %s%n", before, beside);
        assertThat(beside.get(BESIDE - 1)).isGreaterThanOrEqualTo(before.get(WARM_UP) / 3);
    }
}

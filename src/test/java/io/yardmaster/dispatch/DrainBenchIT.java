package io.yardmaster.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How fast the database's side alone drains a queue: dispatch, acceptance and end, without workers or HTTP. */
@Tag("bench")
final class DrainBenchIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    private static final Logger LOG = LoggerFactory.getLogger(DrainBenchIT.class);
    private static final int RUNS = 20_000;
    private static final int NODES = 10;
    private static final int SLOTS = 50;

    @Test
    void twenty_thousand_runs_are_drained(Database database) {
        Yard yard = new Yard(database);
        yard.clear();
        yard.runs(yard.noop(), null, RUNS);
        List<Yard.Place> places =
                IntStream.range(0, NODES).mapToObj(i -> yard.place(SLOTS)).toList();
        long start = System.nanoTime();
        int drained = 0;
        while (drained < RUNS) {
            yard.change(
                    "UPDATE node_session SET lease_until = clock_timestamp() + interval '20 s'", java.util.Map.of());
            yard.dispatchOnce();
            for (Yard.Place place : places) {
                List<AcceptedRun> accepted = yard.acceptAll(place);
                yard.finish(accepted);
                drained += accepted.size();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LOG.info("{} runs in {} ms: {} runs/s", RUNS, took.toMillis(), RUNS * 1000L / Math.max(1, took.toMillis()));
        assertThat(yard.count("SELECT count(*) FROM run_history")).isEqualTo(RUNS);
    }
}

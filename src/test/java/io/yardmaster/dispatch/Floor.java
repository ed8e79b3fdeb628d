package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the database's side alone can drain: dispatch, acceptance and end by one thread, without workers or HTTP. */
public final class Floor {
    private static final int NODES = 10;
    private static final int SLOTS = 50;

    private Floor() {}

    /** Runs per second; forgets what the database holds of runs. */
    public static long rate(Database database, int runs) {
        Yard yard = new Yard(database);
        yard.clear();
        yard.runs(yard.noop(), null, runs);
        List<Yard.Place> places =
                IntStream.range(0, NODES).mapToObj(i -> yard.place(SLOTS)).toList();
        long start = System.nanoTime();
        int drained = 0;
        while (drained < runs) {
            yard.change("UPDATE node_session SET lease_until = clock_timestamp() + interval '20 s'", Map.of());
            yard.dispatchOnce();
            for (Yard.Place place : places) {
                List<AcceptedRun> accepted = yard.acceptAll(place);
                yard.finish(accepted);
                drained += accepted.size();
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return runs * 1000L / Math.max(1, took.toMillis());
    }
}

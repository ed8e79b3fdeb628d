package io.yardmaster.peer;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.yardmaster.database.DatabaseSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many recurring no-op jobs due at once, with each {@link Peer} in turn. */
public final class PeerBursts {
    private PeerBursts() {}

    /**
     * By name, how long after the instant the last job started, at the third burst.
     *
     * @param database as the owner, with Quartz's tables
     */
    public static Map<String, Duration> measure(DatabaseSettings database, int jobs) throws Exception {
        Map<String, Duration> took = new LinkedHashMap<>();
        for (Peer peer : Peer.ALL) {
            took.put(peer.name(), measure(peer, database, jobs));
        }
        return took;
    }

    private static Duration measure(Peer peer, DatabaseSettings settings, int jobs) throws Exception {
        try (HikariDataSource pool = PeerPool.of(settings);
                AutoCloseable running = peer.start(pool, jobs)) {
            await().until(() -> Instant.now().getEpochSecond() % Starts.EVERY == Starts.EVERY - 2);
            Starts.await(jobs);
            await().atMost(Duration.ofMinutes(5)).until(() -> Starts.bursts() >= 3);
            return Starts.latest();
        }
    }
}

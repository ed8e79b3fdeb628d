package io.yardmaster.peer;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.yardmaster.database.DatabaseSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** So many no-op jobs that are due already, drained by each {@link Peer} in turn. */
public final class PeerDrains {
    /** For how long each of us drains again and again, so that the code of each is warm. */
    public static final Duration ENOUGH = Duration.ofSeconds(90);

    /** A name: db-scheduler's other way, which its users have to choose. */
    public static final String LOCK_AND_FETCH = new DbSchedulerPeer(DbSchedulerPeer.Polling.LOCK_AND_FETCH).name();

    private PeerDrains() {}

    /**
     * By name, how long the quickest of at least two drains took from the peer's start until its last job began.
     *
     * @param database as the owner, with Quartz's tables
     */
    public static Map<String, Duration> measure(DatabaseSettings database, int jobs) throws Exception {
        Map<String, Duration> took = new LinkedHashMap<>();
        for (Peer peer : Peer.ALL) {
            took.put(peer.name(), quickest(peer, database, jobs));
        }
        return took;
    }

    private static Duration quickest(Peer peer, DatabaseSettings database, int jobs) throws Exception {
        Instant began = Instant.now();
        Duration quickest = measure(peer, database, jobs);
        do {
            quickest = Collections.min(List.of(quickest, measure(peer, database, jobs)));
        } while (began.plus(ENOUGH).isAfter(Instant.now()));
        return quickest;
    }

    private static Duration measure(Peer peer, DatabaseSettings settings, int jobs) throws Exception {
        Starts.await(jobs);
        try (HikariDataSource pool = PeerPool.of(settings)) {
            Peer.Filled filled = peer.fill(pool, jobs);
            Instant began = Instant.now();
            try (AutoCloseable running = filled.start()) {
                await().atMost(Duration.ofMinutes(5)).until(() -> Starts.bursts() >= 1);
                return Starts.since(began);
            }
        }
    }
}

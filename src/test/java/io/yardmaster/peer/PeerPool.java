package io.yardmaster.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yardmaster.database.DatabaseSettings;

/** Connections for a peer: one for each of its threads, and some for what it does besides. */
final class PeerPool {
    private static final int BESIDES = 5;

    private PeerPool() {}

    static HikariDataSource of(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(Peer.THREADS + BESIDES);
        return new HikariDataSource(config);
    }
}

package io.yardmaster.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Connection pools: that of a server, whose work is short, and that of a migration, which may take long. */
final class Pools {
    /** By name, since the JDK looks for drivers once only, on the path of whoever asks first. */
    private static final String DRIVER = "org.postgresql.Driver";
    /** Flyway holds one for its lock while another works. */
    private static final int MIGRATION_CONNECTIONS = 3;

    private Pools() {}

    static HikariDataSource ofServer(DatabaseSettings settings) {
        HikariConfig config = config(settings);
        config.setMaximumPoolSize(settings.poolSize());
        config.addDataSourceProperty("socketTimeout", "10");
        return new HikariDataSource(config);
    }

    /** The role's limits are for the short transactions of servers; here they are lifted. */
    static HikariDataSource ofMigration(DatabaseSettings owner) {
        HikariConfig config = config(owner);
        config.setMaximumPoolSize(MIGRATION_CONNECTIONS);
        config.setMinimumIdle(0);
        config.addDataSourceProperty(
                "options", "-c statement_timeout=0 -c lock_timeout=30s -c idle_in_transaction_session_timeout=0");
        return new HikariDataSource(config);
    }

    /**
     * Closes a pool of ours and waits for its last thread. The pool itself only tells its threads to end, and a container
     * that looks too soon would call that a leak.
     */
    static void close(HikariDataSource pool) {
        pool.close();
        if (pool.getScheduledExecutor() instanceof ScheduledThreadPoolExecutor housekeeper
                && pool.getThreadFactory() instanceof PoolThreads threads) {
            housekeeper.shutdownNow();
            try {
                threads.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ScheduledThreadPoolExecutor housekeeper(PoolThreads threads) {
        ScheduledThreadPoolExecutor housekeeper = new ScheduledThreadPoolExecutor(1, threads);
        housekeeper.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        housekeeper.setRemoveOnCancelPolicy(true);
        return housekeeper;
    }

    private static HikariConfig config(DatabaseSettings settings) {
        PoolThreads threads = new PoolThreads();
        HikariConfig config = new HikariConfig();
        config.setPoolName("yardmaster");
        config.setThreadFactory(threads);
        config.setScheduledExecutor(housekeeper(threads));
        config.setDriverClassName(DRIVER);
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setConnectionTimeout(Duration.ofSeconds(2).toMillis());
        config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "yardmaster");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return config;
    }
}

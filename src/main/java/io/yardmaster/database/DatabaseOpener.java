package io.yardmaster.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a {@link Database} out of settings or of a container's {@code DataSource}. */
public final class DatabaseOpener {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOpener.class);
    /** PostgreSQL 14: the oldest that is tested against. */
    private static final int OLDEST_VERSION = 14;

    private DatabaseOpener() {}

    /**
     * Connects, checks the server's version and checks that {@code entities} fit the migrated schema.
     *
     * @throws DatabaseUnavailable in one sentence: unreachable, refused, too old, or not migrated
     */
    public static Database open(DatabaseSettings settings, List<Class<?>> entities) {
        HikariDataSource pool = Pools.ofServer(settings);
        try {
            FirstAnswer.await(pool, settings.patience());
            return opened(pool, entities);
        } catch (RuntimeException failure) {
            Pools.close(pool);
            throw failure;
        }
    }

    /** As {@link #open(DatabaseSettings, List)} on a pool that somebody else owns, such as JNDI's. */
    public static Database open(DataSource pool, List<Class<?>> entities) {
        FirstAnswer.await(pool, DatabaseSettings.PATIENCE);
        return opened(pool, entities);
    }

    private static Database opened(DataSource pool, List<Class<?>> entities) {
        checkVersion(pool);
        Migration.check(pool);
        checkLimits(pool);
        Configuration configuration = new Configuration();
        entities.forEach(configuration::addAnnotatedClass);
        configuration.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pool);
        configuration.setProperty(AvailableSettings.HBM2DDL_AUTO, "validate");
        configuration.setProperty(AvailableSettings.JDBC_TIME_ZONE, "UTC");
        // Jdbi begins and ends the transaction on the connection that both share; Hibernate has none of its own
        configuration.setProperty(AvailableSettings.ALLOW_UPDATE_OUTSIDE_TRANSACTION, true);
        configuration.setProperty("hibernate.timezone.default_storage", "NORMALIZE_UTC");
        return new Database(pool, configuration.buildSessionFactory());
    }

    /** A server that freezes inside a transaction must not hold the others up for longer than the role's limits. */
    private static void checkLimits(DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet unlimited = statement.executeQuery("""
                        SELECT string_agg(name, ', ' ORDER BY name) FROM pg_settings
                        WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
                          AND setting = '0' HAVING count(*) > 0
                        """)) {
            if (unlimited.next()) {
                LOG.warn("the database role has no {}: set them as db/roles.sql does", unlimited.getString(1));
            }
        } catch (SQLException failure) {
            throw DatabaseUnavailable.because(failure);
        }
    }

    static void checkVersion(DataSource pool) {
        try (Connection connection = pool.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_VERSION) {
                throw new DatabaseUnavailable("the database is PostgreSQL " + version + " but Yardmaster needs "
                        + OLDEST_VERSION + " or newer");
            }
        } catch (SQLException failure) {
            throw DatabaseUnavailable.because(failure);
        }
    }
}

package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.Migration;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** The configured database, as those who may work on it. */
final class Databases {
    private Databases() {}

    /**
     * Opens it for a server or a command, migrated first if so configured.
     *
     * @param given the container's pool, or null to make one from the settings
     */
    static Database open(Settings settings, DataSource given, List<Class<?>> entities) {
        if (settings.flag(Setting.DATABASE_MIGRATE)) {
            Migration.migrate(owner(settings), settings.text(Setting.DATABASE_USER));
        }
        return given == null ? DatabaseOpener.open(server(settings), entities) : DatabaseOpener.open(given, entities);
    }

    /** @throws Refused if no database is configured */
    static DatabaseSettings server(Settings settings) {
        return connection(
                settings,
                settings.text(Setting.DATABASE_USER),
                settings.secret(Setting.DATABASE_PASSWORD, Setting.DATABASE_PASSWORD_FILE));
    }

    /** Where servers hear one another; null if only a container knows how to reach the database. */
    static DatabaseSettings listening(Settings settings) {
        if (settings.has(Setting.DATABASE_LISTEN_URL)) {
            return server(settings.with(Setting.DATABASE_URL, settings.text(Setting.DATABASE_LISTEN_URL)));
        }
        return settings.has(Setting.DATABASE_URL) ? server(settings) : null;
    }

    /** As the role that owns the schema. */
    static DatabaseSettings owner(Settings settings) {
        if (!settings.has(Setting.DATABASE_OWNER_USER)) {
            return server(settings);
        }
        return connection(
                settings,
                settings.text(Setting.DATABASE_OWNER_USER),
                settings.secret(Setting.DATABASE_OWNER_PASSWORD, Setting.DATABASE_OWNER_PASSWORD_FILE));
    }

    private static DatabaseSettings connection(Settings settings, String user, String password) {
        if (!settings.has(Setting.DATABASE_URL)) {
            throw new Refused("database.url is not set: name a PostgreSQL, as in "
                    + "--database.url=jdbc:postgresql://localhost:5432/yardmaster, or start without a command, "
                    + "which brings its own");
        }
        return new DatabaseSettings(
                settings.text(Setting.DATABASE_URL),
                user,
                password,
                settings.number(Setting.DATABASE_POOL_SIZE),
                Duration.ofSeconds(settings.number(Setting.DATABASE_PATIENCE)));
    }
}

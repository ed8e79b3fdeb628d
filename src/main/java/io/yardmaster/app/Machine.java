package io.yardmaster.app;

import io.yardmaster.database.DatabaseSettings;
import io.yardmaster.database.EmbeddedPostgres;
import io.yardmaster.database.Migration;
import io.yardmaster.database.PostgresBinaries;

/** All on one machine: PostgreSQL, unless another is configured, and a server. */
final class Machine {
    private Machine() {}

    /** Starts both and returns the settings with which further processes reach them. */
    static Settings start(Started started, Settings settings) {
        Launcher launcher = Launcher.ofProcess();
        DataDirectory data = started.start(() -> DataDirectory.hold(settings.dataDirectory()));
        Settings complete = settings.has(Setting.DATABASE_URL) ? settings : embedded(started, launcher, settings, data);
        started.start(() -> WebServer.start(launcher, complete, data));
        return complete;
    }

    /** A worker of this machine, as a process of its own. */
    static LocalWorker startWorker(Started started, Settings settings) {
        Settings local = settings.with(Setting.WORKER_SERVERS, WebServer.localUrl(settings));
        Settings named = local.has(Setting.WORKER_NAME) ? local : local.with(Setting.WORKER_NAME, "local");
        return started.start(() -> LocalWorker.start(named));
    }

    private static Settings embedded(Started started, Launcher launcher, Settings settings, DataDirectory data) {
        PostgresBinaries.foundIn(launcher.loader()::getResourceAsStream);
        EmbeddedPostgres postgres = started.start(() ->
                EmbeddedPostgres.start(data.directory("postgres"), settings.number(Setting.DATABASE_EMBEDDED_PORT)));
        DatabaseSettings server = postgres.server(settings.number(Setting.DATABASE_POOL_SIZE));
        Migration.migrate(postgres.owner(), server.user());
        return settings.with(Setting.DATABASE_URL, server.url())
                .with(Setting.DATABASE_USER, server.user())
                .with(Setting.DATABASE_PASSWORD, server.password());
    }
}

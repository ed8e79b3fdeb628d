package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseOpener;
import io.yardmaster.database.Migration;
import io.yardmaster.web.health.HealthResource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.glassfish.jersey.server.ResourceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server of the cluster: all its parts, put together by hand. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Database database;
    private final List<Managed> parts;
    private final Deque<Managed> running = new ArrayDeque<>();

    private Server(Database database, List<Managed> parts) {
        this.database = database;
        this.parts = parts;
    }

    /**
     * Opens the database and makes all parts.
     *
     * @param given the container's pool, or null to make one from the settings
     */
    static Server of(Settings settings, DataSource given) {
        if (settings.flag(Setting.DATABASE_MIGRATE)) {
            Migration.migrate(Databases.owner(settings), settings.text(Setting.DATABASE_USER));
        }
        List<Class<?>> entities = List.of();
        Database database = given == null
                ? DatabaseOpener.open(Databases.server(settings), entities)
                : DatabaseOpener.open(given, entities);
        return new Server(database, List.of());
    }

    /** Starts the parts in order; if one fails, those before it are stopped. */
    void start() {
        try {
            for (Managed part : parts) {
                part.start();
                running.push(part);
            }
        } catch (RuntimeException failure) {
            stop();
            throw failure;
        }
    }

    /** What is served over HTTP. */
    ResourceConfig resources() {
        return new ResourceConfig().register(new HealthResource(database));
    }

    /** Stops the parts in reverse order, then closes the database. */
    void stop() {
        while (!running.isEmpty()) {
            Managed part = running.pop();
            try {
                part.stop();
            } catch (RuntimeException failure) {
                LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), failure);
            }
        }
        database.close();
    }
}

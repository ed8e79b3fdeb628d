package io.yardmaster.app;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseUnavailable;
import jakarta.servlet.ServletContext;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One server of the cluster, from its start to its end. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Settings settings;
    private final Database database;
    private final Composition composition;
    private final Deque<Managed> running = new ArrayDeque<>();

    private Server(Settings settings, Database database, Composition composition) {
        this.settings = settings;
        this.database = database;
        this.composition = composition;
    }

    /**
     * Opens the database, starts all parts in order and serves them; if one fails, those before it are stopped.
     *
     * @param given the container's pool, or null to make one from the settings
     */
    static Server start(Settings settings, DataSource given, ServletContext context) {
        Database database = Databases.open(settings, given, Composition.ENTITIES);
        Server server = null;
        try {
            String version = VersionOfWar.told(context.getResourceAsStream("/META-INF/MANIFEST.MF"));
            server = new Server(settings, database, new Composition(settings, database, version));
            server.start(context);
            return server;
        } catch (RuntimeException | Error failure) {
            if (server == null) {
                database.close();
            } else {
                server.stop();
            }
            throw failure;
        }
    }

    private void start(ServletContext context) {
        for (Managed part : composition.parts()) {
            part.start().run();
            running.push(part);
        }
        composition.web().install(context, composition.resources());
        Announcement.print(database, WebServer.url(settings));
    }

    /** Stops the parts in reverse order, then closes the database. */
    void stop() {
        while (!running.isEmpty()) {
            Managed part = running.pop();
            try {
                part.stop().run();
            } catch (DatabaseUnavailable away) {
                LOG.warn("{} did not stop cleanly: {}", part.name(), away.getMessage());
            } catch (RuntimeException failure) {
                LOG.warn("{} did not stop cleanly", part.name(), failure);
            }
        }
        database.close();
    }
}

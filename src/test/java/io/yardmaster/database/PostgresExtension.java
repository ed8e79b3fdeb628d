package io.yardmaster.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test class a freshly migrated database of its own in one real PostgreSQL per JVM. Register it as
 * {@code @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.with(Job.class, …)}, naming the
 * Hibernate entities, and ask for a {@link Database}.
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final List<Class<?>> entities;
    private Database database;
    private DatabaseSettings settings;

    private PostgresExtension(List<Class<?>> entities) {
        this.entities = entities;
    }

    public static PostgresExtension with(Class<?>... entities) {
        return new PostgresExtension(List.of(entities));
    }

    public Database database() {
        return database;
    }

    /** How many rows of what stands behind FROM, which no foreign word may reach. */
    public long count(String from) {
        return database.inTransaction(transaction -> transaction
                .sql()
                .createQuery("SELECT count(*) FROM " + from)
                .mapTo(Long.class)
                .one());
    }

    /** How to reach this class's database as the server's role. */
    public DatabaseSettings settings() {
        return settings;
    }

    /** A database with nothing in it, as its owner. */
    public static DatabaseSettings emptyDatabase() {
        String name = "empty_" + COUNT.incrementAndGet();
        DatabaseSettings owner = Shared.POSTGRES.owner();
        execute("CREATE DATABASE " + name + " OWNER " + owner.user());
        return new DatabaseSettings(owner.url().replace("/yardmaster", "/" + name), owner.user(), owner.password(), 5);
    }

    /** How to reach this class's database as the owner of its tables. */
    public DatabaseSettings owner() {
        return new DatabaseSettings(
                settings.url(), EmbeddedRoles.OWNER, Shared.POSTGRES.password(EmbeddedRoles.OWNER), 10);
    }

    /** This class's database as the owner of its tables, who can do what no server can. */
    public Connection connectAsOwner() throws SQLException {
        return connectAs(EmbeddedRoles.OWNER);
    }

    /** This class's database as one of the {@link EmbeddedRoles}. */
    Connection connectAs(String role) throws SQLException {
        return DriverManager.getConnection(settings.url(), role, Shared.POSTGRES.password(role));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        String name = "test_" + COUNT.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE yardmaster OWNER yardmaster_owner");
        DatabaseSettings template = Shared.POSTGRES.server(10);
        settings = new DatabaseSettings(
                template.url().replace("/yardmaster", "/" + name), template.user(), template.password(), 10);
        database = DatabaseOpener.open(settings, entities);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        database.close();
    }

    /** Refreshes the planner's statistics, which the server's role may not. */
    public void analyze() {
        maintain("ANALYZE");
    }

    /** Gives the table's free pages back, as the database does once in a while. */
    public void vacuum(String table) {
        maintain("VACUUM " + table);
    }

    private void maintain(String act) {
        try (Connection connection = DriverManager.getConnection(
                        settings.url(), EmbeddedRoles.SUPERUSER, Shared.POSTGRES.password(EmbeddedRoles.SUPERUSER));
                Statement statement = connection.createStatement()) {
            statement.execute(act);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return database;
    }

    private static void execute(String sql) {
        try (Connection connection = Shared.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Started at the first use, stopped with the JVM; its directory is kept, so that only the first start is slow. */
    private static final class Shared {
        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            Path directory = Path.of(
                            "target", "test-postgres-" + ProcessHandle.current().pid())
                    .toAbsolutePath();
            EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, 0);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, directory)));
            Migration.migrate(postgres.owner(), postgres.server(1).user());
            return postgres;
        }

        private static void stop(EmbeddedPostgres postgres, Path directory) {
            postgres.close();
            try {
                Trees.delete(directory);
            } catch (java.io.IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        }

        static Connection superuser() throws SQLException {
            return DriverManager.getConnection(
                    POSTGRES.server(1).url().replace("/yardmaster", "/postgres"),
                    EmbeddedRoles.SUPERUSER,
                    POSTGRES.password(EmbeddedRoles.SUPERUSER));
        }
    }
}

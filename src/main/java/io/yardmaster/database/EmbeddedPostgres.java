package io.yardmaster.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL of our own in a directory: extracted once, initialised once, started durable ({@code fsync} on) on
 * loopback, and found again if it outlived us. The caller holds the directory for itself while this is open.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final EmbeddedRoles roles;
    private final int port;
    private final ProcessHandle postmaster;

    private EmbeddedPostgres(Path directory, EmbeddedRoles roles, int port, ProcessHandle postmaster) {
        this.directory = directory;
        this.roles = roles;
        this.port = port;
        this.postmaster = postmaster;
    }

    /**
     * Starts the server, or attaches to the one that already runs on {@code directory}.
     *
     * @param directory everything is kept below it; made if absent, readable by its owner only
     * @param port TCP port on loopback; 0 for a free one
     * @throws DatabaseUnavailable if it does not come up, with the last line of its log
     */
    public static EmbeddedPostgres start(Path directory, int port) {
        try {
            OwnerOnly.directory(directory);
            Path home = PostgresBinaries.extractTo(directory);
            EmbeddedRoles roles = EmbeddedRoles.in(directory);
            PostgresCommand command = new PostgresCommand(home, directory);
            command.initialise(roles.passwordFile());
            PostmasterFile file = new PostmasterFile(command.data());
            ProcessHandle running = file.running().orElse(null);
            if (running == null) {
                PostgresBinaries.removeOthers(home);
            }
            int chosen = running == null ? FreePort.orElse(port) : file.port();
            ProcessHandle handle = running == null ? command.postmaster(chosen).toHandle() : running;
            EmbeddedPostgres started = new EmbeddedPostgres(directory, roles, chosen, handle);
            started.awaitReady();
            return started;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the server connects with. */
    public DatabaseSettings server(int poolSize) {
        return settings(EmbeddedRoles.SERVER, poolSize);
    }

    /** What migrations connect with: the owner of the schema. */
    public DatabaseSettings owner() {
        return settings(EmbeddedRoles.OWNER, 1);
    }

    String password(String role) {
        return roles.password(role);
    }

    public int port() {
        return port;
    }

    /** Fast shutdown: open transactions are rolled back, everything committed is kept. */
    @Override
    public void close() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid()))
                    .start()
                    .waitFor();
            postmaster.onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            postmaster.destroyForcibly();
        } catch (IOException | java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException late) {
            postmaster.destroyForcibly();
        }
    }

    private DatabaseSettings settings(String role, int poolSize) {
        return new DatabaseSettings(url("yardmaster"), role, roles.password(role), poolSize);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void awaitReady() throws IOException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (Connection connection = DriverManager.getConnection(
                    url("postgres"), EmbeddedRoles.SUPERUSER, roles.password(EmbeddedRoles.SUPERUSER))) {
                roles.create(connection);
                return;
            } catch (SQLException notYet) {
                if (!postmaster.isAlive() || System.nanoTime() > limit) {
                    throw new DatabaseUnavailable("the embedded PostgreSQL in " + directory + " did not start: "
                            + lastLogLine() + " (" + notYet.getMessage() + ")");
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("interrupted while the embedded PostgreSQL was starting");
        }
    }

    private String lastLogLine() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("postgres.log"));
        return lines.isEmpty() ? "its log is empty" : lines.get(lines.size() - 1);
    }
}

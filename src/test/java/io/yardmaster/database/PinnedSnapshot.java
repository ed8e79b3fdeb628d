package io.yardmaster.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that has read and does nothing more, as a backup or somebody's forgotten session: it still sees what ended since. */
public final class PinnedSnapshot implements AutoCloseable {
    private final Connection connection;

    private PinnedSnapshot(Connection connection) {
        this.connection = connection;
    }

    public static PinnedSnapshot open(PostgresExtension postgres) throws SQLException {
        Connection connection = postgres.connectAsOwner();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT FROM run LIMIT 1");
        }
        return new PinnedSnapshot(connection);
    }

    /** It has not been ended by anybody. */
    public boolean isOpen() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

package io.yardmaster.trigger;

import io.yardmaster.database.Database;
import io.yardmaster.database.DatabaseUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.quartz.utils.ConnectionProvider;

/**
 * Quartz's connections, from our pool. While the database is away its threads wait here, since each of them would
 * otherwise log a trace at every try.
 */
final class PatientConnections implements ConnectionProvider {
    private static final long BETWEEN_TRIES_MILLIS = 500;

    private final Database database;
    private final CountDownLatch stopping = new CountDownLatch(1);

    PatientConnections(Database database) {
        this.database = database;
    }

    /** To be called before Quartz is stopped, which waits for its threads. */
    void waitNoLonger() {
        stopping.countDown();
    }

    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                return database.connection();
            } catch (DatabaseUnavailable away) {
                waitBeforeTheNextTry(away);
            }
        }
    }

    private void waitBeforeTheNextTry(DatabaseUnavailable away) throws SQLException {
        try {
            if (stopping.await(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new SQLException("Quartz is stopping", away);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while the database is away", interrupted);
        }
    }

    @Override
    public void initialize() {
        // the pool is there
    }

    @Override
    public void shutdown() {
        // the pool is not ours to close
    }
}

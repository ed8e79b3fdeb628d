package io.yardmaster.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the database can be reached, as far as this server knows. While it cannot, one caller at a time tries, and all
 * others are refused at once, so that nobody waits for what is known to be away. The log has one line when it goes and
 * one when it is back, whoever was there to notice: callers need not tell again.
 */
final class Reach {
    private static final Logger LOG = LoggerFactory.getLogger(Reach.class);

    private static final String CONNECTION_FAILURE = "08006";

    /** Connections are tried before use when the database has not been heard of for so long: it costs nothing under load. */
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int ANSWER_SECONDS = 1;

    private record Outage(long since, SQLException first) {}

    private final DataSource pool;
    private final AtomicReference<Outage> outage = new AtomicReference<>();
    private volatile long answeredAt = System.nanoTime() - SILENCE_NANOS;
    private final AtomicBoolean trying = new AtomicBoolean();

    Reach(DataSource pool) {
        this.pool = pool;
    }

    /** Returns if the database is not known to be away, or has just come back. @throws DatabaseUnavailable else */
    void check() {
        Outage known = outage.get();
        if (known == null) {
            return;
        }
        if (!trying.compareAndSet(false, true)) {
            throw DatabaseUnavailable.because(known.first());
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            // a pool may hand out, unasked, what it believes to be a connection
            statement.execute("SELECT 1");
            back();
        } catch (SQLException still) {
            throw DatabaseUnavailable.because(still);
        } finally {
            trying.set(false);
        }
    }

    /**
     * Returns if the database answers on {@code connection}, or has answered to somebody a moment ago. A pool hands out
     * untried what was used a moment ago, and a database that hangs would keep that caller for all of its time limit.
     *
     * @throws SQLException that tells of a lost connection else
     */
    void sound(Connection connection) throws SQLException {
        if (System.nanoTime() - answeredAt < SILENCE_NANOS) {
            return;
        }
        if (!connection.isValid(ANSWER_SECONDS)) {
            throw new SQLException("no answer within " + ANSWER_SECONDS + " s", CONNECTION_FAILURE);
        }
        answered();
    }

    /** The database has just done something for somebody. */
    void answered() {
        answeredAt = System.nanoTime();
    }

    /** What to throw for a failure: {@link DatabaseUnavailable} if it means that the database is away. */
    RuntimeException judged(RuntimeException failure) {
        return lost(failure).<RuntimeException>map(this::gone).orElse(failure);
    }

    /** A connection for those who need their own. @throws DatabaseUnavailable at once if there is none to be had */
    Connection connection() throws SQLException {
        check();
        try {
            return pool.getConnection();
        } catch (SQLException failure) {
            if (lost(failure).isPresent()) {
                throw gone(failure);
            }
            throw failure;
        }
    }

    private DatabaseUnavailable gone(SQLException failure) {
        DatabaseUnavailable told = DatabaseUnavailable.because(failure);
        if (outage.compareAndSet(null, new Outage(System.nanoTime(), failure))) {
            LOG.warn("{}; tried again until it can, nothing is lost", told.getMessage());
        }
        return told;
    }

    private void back() {
        Outage over = outage.getAndSet(null);
        if (over != null) {
            LOG.warn(
                    "the database is reached again after {} s",
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - over.since()));
        }
    }

    private Optional<SQLException> lost(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isLost(sql)) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private boolean isLost(SQLException failure) {
        return LostConnection.isToldBy(failure)
                || (failure instanceof SQLTransientConnectionException && poolHadRoom());
    }

    /** Then a connection was not refused because all are in use, but because the database did not answer. */
    private boolean poolHadRoom() {
        return pool instanceof HikariDataSource ours
                && ours.isRunning()
                && ours.getHikariPoolMXBean().getTotalConnections() < ours.getMaximumPoolSize();
    }
}

package io.yardmaster.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a database that is started beside us, or is too busy to answer at once. */
final class FirstAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAnswer.class);
    private static final long ASK_AGAIN_MILLIS = 250;

    /** Waiting changes nothing about them: wrong password, no such database, no right (PostgreSQL, appendix A). */
    private static final Pattern FINAL = Pattern.compile("28.*|3D000|42501");

    private FirstAnswer() {}

    /** @throws DatabaseUnavailable if it has not answered within {@code patience}, or has refused us */
    static void await(DataSource pool, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        boolean told = false;
        SQLException failure = refusal(pool);
        while (failure != null) {
            if (isFinal(failure) || System.nanoTime() >= until) {
                throw DatabaseUnavailable.because(failure);
            }
            if (!told) {
                told = true;
                LOG.warn(
                        "{}; asked again for {} s",
                        DatabaseUnavailable.because(failure).getMessage(),
                        patience.toSeconds());
            }
            pause();
            failure = refusal(pool);
        }
    }

    /** Null if it has answered. */
    private static SQLException refusal(DataSource pool) {
        try (Connection connection = pool.getConnection()) {
            return connection == null ? new SQLException("the pool gives no connection") : null;
        } catch (SQLException failure) {
            return failure;
        }
    }

    private static boolean isFinal(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && FINAL.matcher(String.valueOf(sql.getSQLState())).matches()) {
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("interrupted while waiting for the database");
        }
    }
}

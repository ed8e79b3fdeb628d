package io.yardmaster.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database that everything is kept in. Thread-safe.
 *
 * <p>Transactions are opened at the edge (a request, a loop's turn), never in a repository: repositories take the
 * {@link Transaction} that they work in.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int TRIES = 4;
    /** serialization_failure, deadlock_detected (PostgreSQL, appendix A): the loser may simply try again. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

    private final DataSource pool;
    private final Jdbi jdbi;
    private final Reach reach;
    private final SessionFactory sessions;
    private final Notifications notifications = new Notifications(this);

    Database(DataSource pool, SessionFactory sessions) {
        this.pool = pool;
        this.sessions = sessions;
        this.reach = new Reach(pool);
        this.jdbi = Jdbi.create(pool);
        this.jdbi.registerColumnMapper(new InstantMapper());
        this.jdbi.registerArgument(new InstantArgument());
        SqlTypes.registerWith(jdbi);
    }

    /**
     * Runs {@code work} in one transaction and commits it. If the database chooses this transaction as the loser of a
     * deadlock or a serialisation conflict, all of {@code work} runs again, so it must change nothing but the database.
     *
     * @throws DatabaseUnavailable if the database cannot be reached: at once if that is known. The log has it already
     * @throws RuntimeException whatever {@code work} throws, after rolling back
     */
    public <R> R inTransaction(Function<Transaction, R> work) {
        Transaction[] opened = new Transaction[1];
        R result = committed(work, opened);
        // out of reach of the retry: what is committed must not run again
        opened[0].actionsAfterCommit().forEach(Runnable::run);
        return result;
    }

    /** As {@link #inTransaction}, for work that returns nothing. */
    public void useTransaction(Consumer<Transaction> work) {
        inTransaction(transaction -> {
            work.accept(transaction);
            return null;
        });
    }

    public DataSource pool() {
        return pool;
    }

    /**
     * A connection for a library that manages its own.
     *
     * @throws DatabaseUnavailable as {@link #inTransaction}
     */
    public Connection connection() throws SQLException {
        return reach.connection();
    }

    /** Hints between the parts of this server and the servers of the cluster. */
    public Notifications notifications() {
        return notifications;
    }

    private <R> R committed(Function<Transaction, R> work, Transaction[] opened) {
        for (int attempt = 1; ; attempt++) {
            reach.check();
            try {
                R result = jdbi.inTransaction(handle -> committing(handle, work, opened));
                reach.answered();
                return result;
            } catch (SQLException silent) {
                throw reach.judged(new ConnectionException(silent));
            } catch (RuntimeException failure) {
                if (attempt == TRIES || !mayTryAgain(failure)) {
                    throw reach.judged(failure);
                }
                LOG.debug("transaction lost a conflict, attempt {} of {}", attempt, TRIES, failure);
            }
        }
    }

    private <R> R committing(Handle handle, Function<Transaction, R> work, Transaction[] opened) throws SQLException {
        reach.sound(handle.getConnection());
        Transaction transaction = new Transaction(handle, sessions, notifications);
        opened[0] = transaction;
        try {
            R result = work.apply(transaction);
            transaction.finish();
            return result;
        } finally {
            transaction.close();
        }
    }

    private static boolean mayTryAgain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && TRY_AGAIN.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        notifications.close();
        sessions.close();
        if (pool instanceof HikariDataSource ours) {
            Pools.close(ours);
        }
    }
}

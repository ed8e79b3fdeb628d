package io.yardmaster.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jdbi.v3.core.Handle;

/**
 * One database transaction, seen through SQL ({@link #sql()}) and through Hibernate ({@link #hibernate()}), both on the
 * same connection. Lives only inside {@link Database#inTransaction}. Not thread-safe.
 */
public final class Transaction {
    private final Handle handle;
    private final SessionFactory sessions;
    private final Notifications notifications;
    private final List<Runnable> beforeCommit = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private Session session;

    Transaction(Handle handle, SessionFactory sessions, Notifications notifications) {
        this.handle = handle;
        this.sessions = sessions;
        this.notifications = notifications;
    }

    /** The Jdbi handle. What Hibernate holds back is flushed first, so SQL sees it. */
    public Handle sql() {
        if (session != null) {
            session.flush();
        }
        return handle;
    }

    /** The Hibernate session, opened at the first call. */
    public Session hibernate() {
        if (session == null) {
            session = sessions.withOptions().connection(handle.getConnection()).openSession();
        }
        return session;
    }

    /** The database's clock now, not at the start of the transaction: read it after the lock that it depends on. */
    public Instant now() {
        return sql().createQuery("SELECT clock_timestamp()")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant();
    }

    /** An id for a row of definitions or runs: later ones are greater. */
    public long nextId() {
        return sql().createQuery("SELECT next_id()").mapTo(Long.class).one();
    }

    /** Runs {@code action} last in this transaction: what it locks is held while nothing else is waited for. */
    public void beforeCommit(Runnable action) {
        beforeCommit.add(action);
    }

    /** Runs {@code action} once this transaction is committed, never if it is rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** Hints at what this transaction did, once it is committed. */
    public void announce(Channel channel) {
        afterCommit(() -> notifications.announce(channel));
    }

    void finish() {
        if (session != null) {
            session.flush();
        }
        beforeCommit.forEach(Runnable::run);
    }

    void close() {
        if (session != null) {
            session.close();
        }
    }

    List<Runnable> actionsAfterCommit() {
        return afterCommit;
    }
}

package io.yardmaster.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears {@code NOTIFY} on a connection of its own, which it makes anew whenever it breaks. Failing is tolerated: it is
 * logged once, and tried again after a pause that grows to 10 s.
 */
final class Ear implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ear.class);
    /** Also bounds how long {@link #close} takes. */
    private static final int WAIT_MILLIS = 500;

    private static final int WAITS_BETWEEN_CHECKS = 20;
    private static final int CHECK_SECONDS = 2;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final DatabaseSettings settings;
    private final String self;
    private final Consumer<Channel> heard;
    private final Thread thread;
    private volatile boolean listening;
    private int failures;

    /** @param self the sender whose notices are not for us */
    Ear(DatabaseSettings settings, String self, Consumer<Channel> heard) {
        this.settings = settings;
        this.self = self;
        this.heard = heard;
        this.thread = new Thread(this::run, "yardmaster-listener");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isListening() {
        return listening;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                listenUntilItBreaks();
            } while (!closing.await(pause(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private long pause() {
        return Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 10));
    }

    private void listenUntilItBreaks() {
        try (Connection connection = connect()) {
            subscribe(connection);
            if (failures > 0) {
                LOG.info("hints of other servers are heard again");
            }
            failures = 0;
            listening = true;
            // whatever was said while nobody heard
            Arrays.stream(Channel.values()).filter(Channel::isForAll).forEach(heard);
            receive(connection);
        } catch (SQLException | RuntimeException failure) {
            if (failures++ == 0 && closing.getCount() > 0) {
                LOG.warn(
                        "hints of other servers are not heard, which costs a fraction of a second; tried again: {}",
                        failure.getMessage());
            }
        } finally {
            listening = false;
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.setProperty("password", settings.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "yardmaster listener");
        return new Driver().connect(settings.url(), properties);
    }

    private static void subscribe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Channel channel : Channel.values()) {
                if (channel.isForAll()) {
                    statement.execute("LISTEN " + channel.sqlName());
                }
            }
        }
    }

    /** A connection whose other end vanished says nothing for ever, hence the check now and then. */
    private void receive(Connection connection) throws SQLException {
        PGConnection source = connection.unwrap(PGConnection.class);
        for (int waits = 1; closing.getCount() > 0; waits++) {
            PGNotification[] notices = source.getNotifications(WAIT_MILLIS);
            if (notices != null) {
                Arrays.stream(notices)
                        .filter(notice -> !self.equals(notice.getParameter()))
                        .forEach(this::tell);
            }
            if (waits % WAITS_BETWEEN_CHECKS == 0 && !connection.isValid(CHECK_SECONDS)) {
                throw new SQLException("the connection is dead");
            }
        }
    }

    private void tell(PGNotification notice) {
        Arrays.stream(Channel.values())
                .filter(channel -> channel.sqlName().equals(notice.getName()))
                .forEach(heard);
    }
}

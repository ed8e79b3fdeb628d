package io.yardmaster.database;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends {@code NOTIFY} on a thread of its own and in transactions of its own: PostgreSQL commits one transaction with a
 * notice at a time, so none that does work may carry one.
 */
final class Announcer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final long PAUSE_MILLIS = 100;

    private final ScheduledThreadPoolExecutor thread;
    private final Database database;
    private final String sender;
    /** For each channel told of less than a pause ago, whether there was a hint since. */
    private final Map<Channel, Boolean> again = new EnumMap<>(Channel.class);

    Announcer(Database database, String sender) {
        this.database = database;
        this.sender = sender;
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread made = new Thread(task, "yardmaster-announcer");
                    made.setDaemon(true);
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    synchronized void announce(Channel channel) {
        if (again.put(channel, true) == null) {
            thread.execute(() -> turn(channel));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing is thrown
    private void turn(Channel channel) {
        if (take(channel)) {
            send(channel);
            thread.schedule(() -> turn(channel), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized boolean take(Channel channel) {
        if (again.get(channel)) {
            again.put(channel, false);
            return true;
        }
        again.remove(channel);
        return false;
    }

    private void send(Channel channel) {
        try {
            database.useTransaction(transaction -> transaction
                    .sql()
                    .createQuery("SELECT pg_notify(:channel, :sender)")
                    .bind("channel", channel.sqlName())
                    .bind("sender", sender)
                    .mapTo(String.class)
                    .one());
        } catch (RuntimeException failure) {
            LOG.debug("other servers were not told of {}; they look by themselves", channel, failure);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

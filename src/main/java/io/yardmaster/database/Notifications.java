package io.yardmaster.database;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hints that there may be something to do: given at once to whoever listens in this server and, by {@code NOTIFY}, to
 * the other servers. A hint may be lost, late or double, and the cluster works without any: whoever listens also looks by
 * itself from time to time. Thread-safe.
 */
public final class Notifications implements AutoCloseable {
    /** Tells our own notices from those of others. */
    private final String sender = UUID.randomUUID().toString();

    private final Map<Channel, List<Runnable>> listeners = new EnumMap<>(Channel.class);
    private final Database database;
    private volatile Announcer announcer;
    private volatile Ear ear;

    Notifications(Database database) {
        this.database = database;
        for (Channel channel : Channel.values()) {
            listeners.put(channel, new CopyOnWriteArrayList<>());
        }
    }

    /** Ends the listening. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** @param listener run at each hint, and whenever some may have been missed; must be quick */
    public Subscription listen(Channel channel, Runnable listener) {
        listeners.get(channel).add(listener);
        return () -> listeners.get(channel).remove(listener);
    }

    /**
     * Tells all listeners here and, where the channel is for all, the other servers: at once, then at most every 100 ms.
     * To be called after the commit, or through {@link Transaction#announce}. Cheap.
     */
    public void announce(Channel channel) {
        tell(channel);
        Announcer others = announcer;
        if (others != null && channel.isForAll()) {
            others.announce(channel);
        }
    }

    /**
     * Lets this server tell the others, and hear them.
     *
     * @param listening how to reach the database past any pooler; null to hear nothing
     */
    public void start(DatabaseSettings listening) {
        announcer = new Announcer(database, sender);
        if (listening != null) {
            ear = new Ear(listening, sender, this::tell);
            ear.start();
        }
    }

    /** Waits at most 5 s for the listening thread. */
    @Override
    public void close() {
        if (ear != null) {
            ear.close();
        }
        if (announcer != null) {
            announcer.close();
        }
    }

    /** Whether hints of other servers are heard now, as far as known. */
    public boolean isListening() {
        return ear != null && ear.isListening();
    }

    private void tell(Channel channel) {
        listeners.get(channel).forEach(Runnable::run);
    }
}

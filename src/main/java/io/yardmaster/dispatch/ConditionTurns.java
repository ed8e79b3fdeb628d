package io.yardmaster.dispatch;

import io.yardmaster.database.Channel;
import io.yardmaster.database.Database;
import io.yardmaster.database.Notifications;
import io.yardmaster.lock.ConditionSignals;
import java.time.Duration;

/** Applies what the ends of runs do to conditions, at once where they ended here. Every server has one. */
final class ConditionTurns implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(2);

    private final Database database;
    private final Loop loop = new Loop("conditions", this::turn);
    private Notifications.Subscription signalled = () -> {};

    ConditionTurns(Database database) {
        this.database = database;
    }

    void start() {
        signalled = database.notifications().listen(Channel.CONDITIONS_SIGNALLED, loop::signal);
        loop.start();
    }

    @Override
    public void close() {
        signalled.close();
        loop.close();
    }

    Duration turn() {
        int applied;
        do {
            applied = database.inTransaction(ConditionSignals::apply);
        } while (applied > 0);
        return REST;
    }
}

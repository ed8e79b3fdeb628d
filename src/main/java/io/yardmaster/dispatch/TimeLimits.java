package io.yardmaster.dispatch;

import io.yardmaster.database.Database;
import io.yardmaster.queue.AttemptEnds;
import io.yardmaster.queue.ConditionTimeouts;
import io.yardmaster.queue.Expiry;
import java.time.Duration;

/** Keeps the time limits of runs, of waiting and of running. Every server has one. */
final class TimeLimits implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(2);

    private final Database database;
    private final Expiry expiry;
    private final ConditionTimeouts timeouts;
    private final DispatchCounts counts;
    private final Loop loop = new Loop("time-limits", this::turn);

    TimeLimits(Database database, AttemptEnds ends, DispatchCounts counts) {
        this.database = database;
        this.expiry = new Expiry(ends);
        this.timeouts = new ConditionTimeouts(ends);
        this.counts = counts;
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    Duration turn() {
        int expired;
        do {
            expired = database.inTransaction(expiry::expire);
            counts.add(DispatchCount.EXPIRED, expired);
        } while (expired == Expiry.LARGEST_BATCH);
        int over;
        do {
            over = database.inTransaction(timeouts::end);
        } while (over == ConditionTimeouts.LARGEST_BATCH);
        counts.add(DispatchCount.OVERDUE, database.inTransaction(RunningTimes::endOverdue));
        counts.add(DispatchCount.LONG, database.inTransaction(RunningTimes::markLong));
        return REST;
    }
}

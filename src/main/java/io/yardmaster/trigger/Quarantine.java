package io.yardmaster.trigger;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Timetables that failed and are left alone for a while. Each server has its own: what fails here may work there. */
final class Quarantine {
    /** Short enough that an instant can be tried a few times before it is too late for a run. */
    static final long SECONDS = 10;

    private final Map<Long, Long> since = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    Quarantine() {
        this(System::nanoTime);
    }

    Quarantine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void add(long timetable) {
        since.put(timetable, nanoTime.getAsLong());
    }

    List<Long> members() {
        long now = nanoTime.getAsLong();
        since.values().removeIf(added -> now - added >= TimeUnit.SECONDS.toNanos(SECONDS));
        return List.copyOf(since.keySet());
    }
}

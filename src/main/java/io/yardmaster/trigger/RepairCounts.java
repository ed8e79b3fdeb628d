package io.yardmaster.trigger;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many alarms this server has repaired since its start, for its metrics. Thread-safe. */
public final class RepairCounts {
    private final Map<Wedge, LongAdder> counters = new EnumMap<>(Wedge.class);

    public RepairCounts() {
        for (Wedge wedge : Wedge.values()) {
            counters.put(wedge, new LongAdder());
        }
    }

    void add(Wedge wedge) {
        counters.get(wedge).increment();
    }

    public long get(Wedge wedge) {
        return counters.get(wedge).sum();
    }
}

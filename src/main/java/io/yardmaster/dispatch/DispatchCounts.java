package io.yardmaster.dispatch;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counters of this server, for its metrics. Thread-safe. */
public final class DispatchCounts {
    private final Map<DispatchCount, LongAdder> counters = new EnumMap<>(DispatchCount.class);

    public DispatchCounts() {
        for (DispatchCount count : DispatchCount.values()) {
            counters.put(count, new LongAdder());
        }
    }

    public void add(DispatchCount count, long more) {
        counters.get(count).add(more);
    }

    public long get(DispatchCount count) {
        return counters.get(count).sum();
    }
}

package io.yardmaster.web.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.yardmaster.database.Transaction;
import io.yardmaster.trigger.BackfillState;
import io.yardmaster.trigger.Backfilling;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How many backfills have not ended: one that has stopped waits for somebody. */
final class BackfillMetrics {
    private final Map<BackfillState, AtomicLong> open = new EnumMap<>(BackfillState.class);

    BackfillMetrics(MeterRegistry registry) {
        for (BackfillState state : BackfillState.values()) {
            if (!state.isFinal()) {
                AtomicLong figure = new AtomicLong();
                open.put(state, figure);
                Gauge.builder("yardmaster.backfills", figure, AtomicLong::get)
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .description("backfills that have not ended")
                        .register(registry);
            }
        }
    }

    void read(Transaction transaction) {
        Map<BackfillState, Long> counted = Backfilling.count(transaction);
        open.forEach((state, figure) -> figure.set(counted.getOrDefault(state, 0L)));
    }
}

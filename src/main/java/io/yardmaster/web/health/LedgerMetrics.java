package io.yardmaster.web.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.yardmaster.database.Transaction;
import io.yardmaster.trigger.Unaccounted;
import java.util.concurrent.atomic.AtomicLong;

/** What the last check of the ledger has found; a scrape reads its result and computes nothing. */
final class LedgerMetrics {
    private final AtomicLong unaccounted = new AtomicLong();

    LedgerMetrics(MeterRegistry registry) {
        Gauge.builder("yardmaster.schedule.unaccounted", unaccounted, AtomicLong::get)
                .description("instants of the last hour that have neither a run nor a reason; must be 0")
                .register(registry);
    }

    void read(Transaction transaction) {
        unaccounted.set(Unaccounted.sum(transaction));
    }
}

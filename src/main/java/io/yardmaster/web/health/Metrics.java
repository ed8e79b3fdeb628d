package io.yardmaster.web.health;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.yardmaster.database.Database;
import io.yardmaster.dispatch.DispatchCount;
import io.yardmaster.dispatch.DispatchCounts;
import io.yardmaster.trigger.RepairCounts;
import io.yardmaster.trigger.Wedge;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;

/** What this server tells of the cluster, of itself and of its connection pool, in Prometheus' text format. */
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Database database;
    private final RunMetrics runs = new RunMetrics(registry);
    private final NodeMetrics nodes = new NodeMetrics(registry);
    private final LedgerMetrics ledger = new LedgerMetrics(registry);
    private final BackfillMetrics backfills = new BackfillMetrics(registry);
    private final ClockMetrics clocks = new ClockMetrics(registry);

    /**
     * @param counts what this server's dispatch has done; a batch's size is offered by batches
     * @param repaired the alarms that this server has repaired
     */
    public Metrics(Database database, DispatchCounts counts, RepairCounts repaired) {
        this.database = database;
        bindDispatch(counts);
        bindRepairs(repaired);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        bindPool(database.pool());
    }

    /** One scrape; at most one reads the database at a time. */
    synchronized String scrape() {
        database.useTransaction(transaction -> {
            runs.read(transaction);
            nodes.read(transaction);
            ledger.read(transaction);
            backfills.read(transaction);
            clocks.read(transaction);
        });
        return registry.scrape();
    }

    private void bindDispatch(DispatchCounts counts) {
        for (DispatchCount count : DispatchCount.values()) {
            FunctionCounter.builder("yardmaster.dispatch", counts, all -> all.get(count))
                    .tag("what", count.name().toLowerCase(Locale.ROOT))
                    .description("what this server's dispatch has done since its start")
                    .register(registry);
        }
    }

    private void bindRepairs(RepairCounts repaired) {
        for (Wedge wedge : Wedge.values()) {
            FunctionCounter.builder("yardmaster.alarm.repairs", repaired, all -> all.get(wedge))
                    .tag("wedge", wedge.name().toLowerCase(Locale.ROOT))
                    .description("wedged alarms that this server has repaired since its start")
                    .register(registry);
        }
    }

    private void bindPool(DataSource pool) {
        if (pool instanceof HikariDataSource hikari) {
            gauge(hikari, "yardmaster.pool.active", HikariPoolMXBean::getActiveConnections);
            gauge(hikari, "yardmaster.pool.idle", HikariPoolMXBean::getIdleConnections);
            gauge(hikari, "yardmaster.pool.pending", HikariPoolMXBean::getThreadsAwaitingConnection);
        }
    }

    private void gauge(HikariDataSource pool, String name, ToDoubleFunction<HikariPoolMXBean> figure) {
        Gauge.builder(
                        name,
                        pool,
                        of -> of.getHikariPoolMXBean() == null ? 0 : figure.applyAsDouble(of.getHikariPoolMXBean()))
                .register(registry);
    }

    @Override
    public void close() {
        registry.close();
    }
}

package io.yardmaster.web.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.yardmaster.database.Database;
import io.yardmaster.database.PostgresExtension;
import io.yardmaster.dispatch.DispatchCount;
import io.yardmaster.dispatch.DispatchCounts;
import io.yardmaster.queue.NewRun;
import io.yardmaster.queue.Rows;
import io.yardmaster.queue.RunQueue;
import io.yardmaster.run.Cause;
import io.yardmaster.trigger.RepairCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MetricsIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.with();

    @Test
    void figures_follow_the_rows(Database database) {
        DispatchCounts counts = new DispatchCounts();
        counts.add(DispatchCount.OFFERED, 7);
        try (Metrics metrics = new Metrics(database, counts, new RepairCounts())) {
            assertThat(metrics.scrape()).doesNotContain("yardmaster_runs{");
            database.useTransaction(transaction -> {
                long job = Rows.job(transaction, "measured");
                new RunQueue().enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of()));
                long run = new RunQueue().enqueue(transaction, new NewRun(job, Cause.manual("ada"), Map.of()));
                Rows.start(transaction, run, Rows.session(transaction, "north"));
            });
            assertThat(metrics.scrape())
                    .contains("yardmaster_runs{queue=\"default/default\",state=\"QUEUED\"} 1.0")
                    .contains("yardmaster_runs{queue=\"default/default\",state=\"RUNNING\"} 1.0")
                    .contains("yardmaster_queue_oldest_wait_seconds{queue=\"default/default\"}")
                    .contains("yardmaster_lateness_seconds{quantile=\"0.99\"} 0.0")
                    .contains("yardmaster_node_busy{node=\"north\"} 1.0")
                    .contains("yardmaster_dispatch_total{what=\"offered\"} 7.0")
                    .contains("yardmaster_schedule_unaccounted 0.0")
                    .contains("yardmaster_backfills{state=\"stopped\"} 0.0")
                    .contains("yardmaster_alarm_repairs_total{wedge=\"orphaned\"} 0.0")
                    .contains("yardmaster_node_clock_offset_seconds{node=\"north\"} ")
                    .contains("yardmaster_pool_active")
                    .contains("jvm_memory_used_bytes");
            database.useTransaction(transaction -> transaction.sql().execute("DELETE FROM run"));
            assertThat(metrics.scrape()).doesNotContain("yardmaster_runs{");
        }
    }
}

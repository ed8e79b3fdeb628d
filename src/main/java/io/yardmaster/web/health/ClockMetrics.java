package io.yardmaster.web.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.yardmaster.database.Transaction;
import java.util.ArrayList;
import java.util.List;

/** How far the wall clocks of servers and live nodes are off the database's. Read anew at each scrape. */
final class ClockMetrics {
    /** Index {@code node_session_live}. */
    private static final String NODES = """
            SELECT n.name, coalesce(s.clock_offset_ms, 0) / 1000.0 AS seconds
            FROM node_session s JOIN node n ON n.id = s.node_id WHERE s.state = 'LIVE'
            """;

    private static final String SERVERS = """
            SELECT DISTINCT ON (name) name, clock_offset_ms / 1000.0 AS seconds
            FROM server WHERE seen_at > clock_timestamp() - interval '15 seconds' ORDER BY name, seen_at DESC
            """;

    private final MultiGauge nodes;
    private final MultiGauge servers;

    ClockMetrics(MeterRegistry registry) {
        nodes = gauge(registry, "yardmaster.node.clock.offset.seconds", "the node's wall clock minus the database's");
        servers = gauge(
                registry, "yardmaster.server.clock.offset.seconds", "the server's wall clock minus the database's");
    }

    void read(Transaction transaction) {
        nodes.register(rows(transaction, NODES, "node"), true);
        servers.register(rows(transaction, SERVERS, "server"), true);
    }

    private static List<Row<?>> rows(Transaction transaction, String sql, String tag) {
        List<Row<?>> rows = new ArrayList<>();
        transaction
                .sql()
                .createQuery(sql)
                .map((row, context) -> rows.add(Row.of(Tags.of(tag, row.getString("name")), row.getDouble("seconds"))))
                .list();
        return rows;
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
